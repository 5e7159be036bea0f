import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'jobs', title: () => t('jobs.title') }

/** The list of jobs and the page of each. */
export const jobRoutes: RouteRecordRaw[] = [
  { path: 'jobs', component: () => import('./JobsPage.vue'), meta },
  { path: 'jobs/:id', component: () => import('./JobPage.vue'), meta },
]
