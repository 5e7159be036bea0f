import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

/** Records that may be the same. */
export const duplicateRoutes: RouteRecordRaw[] = [
  { path: 'duplicates', component: () => import('./DuplicatesPage.vue'), meta: { menu: 'customers', title: () => t('duplicates.title') } },
]
