import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

/** Pages of customers, contacts, imports and the recycle bin. */
export const customerRoutes: RouteRecordRaw[] = [
  {
    path: 'customers',
    component: () => import('./CustomersPage.vue'),
    meta: { menu: 'customers', permission: 'customer:read', title: () => t('customers.title') },
  },
]
