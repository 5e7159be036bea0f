import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'expenses', permission: 'expense:read', title: () => t('expenseRequests.title') }

/** The expense requests, the page of each, and where they are written. */
export const expenseRequestRoutes: RouteRecordRaw[] = [
  { path: 'expense-requests', component: () => import('./RequestsPage.vue'), meta },
  { path: 'expense-requests/new', component: () => import('./RequestEditPage.vue'), meta: { ...meta, permission: 'expense:create', title: () => t('expenseRequests.create') } },
  { path: 'expense-requests/:id', component: () => import('./RequestPage.vue'), meta },
  { path: 'expense-requests/:id/edit', component: () => import('./RequestEditPage.vue'), meta },
]
