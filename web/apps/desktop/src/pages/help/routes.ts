import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

/** The help, and each of its articles. */
export const helpRoutes: RouteRecordRaw[] = [
  { path: 'help/:article?', component: () => import('./HelpPage.vue'), meta: { menu: 'help', title: () => t('help.title') } },
]
