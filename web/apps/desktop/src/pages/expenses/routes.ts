import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'expenses', permission: 'expense:read', title: () => t('expenses.title') }

/** The expense claims, the page of each, and where they are written. */
export const expenseRoutes: RouteRecordRaw[] = [
  { path: 'expenses', component: () => import('./ExpensesPage.vue'), meta },
  { path: 'expenses/new', component: () => import('./ExpenseEditPage.vue'), meta: { ...meta, permission: 'expense:create', title: () => t('expenses.create') } },
  { path: 'expenses/:id', component: () => import('./ExpensePage.vue'), meta },
  { path: 'expense-statistics', component: () => import('./ExpenseStatisticsPage.vue'), meta: { ...meta, title: () => t('expenseStats.title') } },
  { path: 'expenses/:id/edit', component: () => import('./ExpenseEditPage.vue'), meta },
]
