import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const inbox = (path: string): RouteRecordRaw => ({ path, component: () => import('./ApprovalsPage.vue'), meta: { menu: 'approvals', title: () => t('approvals.title') } })

/** What is to be granted: the boxes of the inbox, and one approval. */
export const approvalRoutes: RouteRecordRaw[] = [
  inbox('approvals'),
  inbox('approvals/:box(decided|mine|copies|all)'),
  { path: 'approvals/statistics', component: () => import('./StatisticsPage.vue'), meta: { menu: 'approvals', title: () => t('approvals.stats.title') } },
  { path: 'approvals/:id', component: () => import('./ApprovalPage.vue'), meta: { menu: 'approvals', title: () => t('approvals.title') } },
]

/** The same on paper, without the frame of the product. */
export const approvalPrintRoute: RouteRecordRaw = { path: '/approvals/:id/print', component: () => import('./ApprovalPrintPage.vue'), meta: { title: () => t('approvals.print.title') } }
