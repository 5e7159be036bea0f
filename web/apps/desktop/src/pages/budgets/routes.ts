import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'expenses', permission: 'expense:read', title: () => t('budgets.title') }

/** The budgets, and the page of each. */
export const budgetRoutes: RouteRecordRaw[] = [
  { path: 'budgets', component: () => import('./BudgetsPage.vue'), meta },
  { path: 'budgets/:id', component: () => import('./BudgetPage.vue'), meta },
]
