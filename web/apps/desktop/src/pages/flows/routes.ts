import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

/** The canvas wants the whole sheet; the list of flows is a section of the settings. */
export const flowRoutes: RouteRecordRaw[] = [
  { path: 'settings/flows/:id', component: () => import('./FlowPage.vue'), meta: { menu: 'settings', permission: 'approval-flow:manage', title: () => t('flows.title') } },
]
