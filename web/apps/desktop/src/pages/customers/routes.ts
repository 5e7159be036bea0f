import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

/** Pages of customers. */
export const customerRoutes: RouteRecordRaw[] = [
  {
    path: 'customers',
    component: () => import('./CustomersPage.vue'),
    meta: { menu: 'customers', permission: 'customer:read', title: () => t('customers.title') },
  },
  {
    path: 'customers/:id',
    component: () => import('./CustomerPage.vue'),
    meta: { menu: 'customers', permission: 'customer:read', title: () => t('customers.title') },
  },
]
