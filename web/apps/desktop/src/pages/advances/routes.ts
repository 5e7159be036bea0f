import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'expenses', permission: 'expense:read', title: () => t('advances.title') }

/** What is borrowed before it is spent: the list, the page of one, and where it is asked for. */
export const advanceRoutes: RouteRecordRaw[] = [
  { path: 'advances', component: () => import('./AdvancesPage.vue'), meta },
  { path: 'advances/new', component: () => import('./AdvanceEditPage.vue'), meta: { ...meta, permission: 'expense:create', title: () => t('advances.create') } },
  { path: 'advances/:id', component: () => import('./AdvancePage.vue'), meta },
  { path: 'advances/:id/edit', component: () => import('./AdvanceEditPage.vue'), meta },
]
