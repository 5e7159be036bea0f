import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

/** The import wizard; `/imports/new` is its first step. */
export const importRoutes: RouteRecordRaw[] = [
  {
    path: 'imports/:id',
    component: () => import('./ImportPage.vue'),
    meta: { menu: 'jobs', permission: 'customer:import', title: () => t('imports.title') },
  },
]
