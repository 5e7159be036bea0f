import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'outreach', permission: 'message:manage', title: () => t('usage.title') }

/** What the company sends, and how much it may. */
export const usageRoutes: RouteRecordRaw[] = [{ path: 'usage', component: () => import('./UsagePage.vue'), meta }]
