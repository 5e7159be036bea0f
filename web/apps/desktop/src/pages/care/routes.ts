import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'outreach', permission: 'message:manage', title: () => t('care.title') }

/** When customers hear from the company by themselves, and who is in which plan. */
export const careRoutes: RouteRecordRaw[] = [
  { path: 'care', component: () => import('./CarePage.vue'), meta },
  { path: 'care/preview', component: () => import('./CarePreviewPage.vue'), meta: { ...meta, title: () => t('care.preview') } },
  { path: 'care/runs', component: () => import('./CareRunsPage.vue'), meta: { ...meta, title: () => t('care.allRuns') } },
  { path: 'care/:id', component: () => import('./CareRulePage.vue'), meta },
]
