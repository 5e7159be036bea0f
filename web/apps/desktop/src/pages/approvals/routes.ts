import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

/** What is to be granted: the boxes of the inbox, and one approval. */
export const approvalRoutes: RouteRecordRaw[] = [
  {
    path: 'approvals/:box(decided|mine|copies|all)?',
    component: () => import('./ApprovalsPage.vue'),
    meta: { menu: 'approvals', title: () => t('approvals.title') },
  },
  { path: 'approvals/:id', component: () => import('./ApprovalPage.vue'), meta: { menu: 'approvals', title: () => t('approvals.title') } },
]
