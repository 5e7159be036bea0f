import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'outreach', permission: 'contact:read', title: () => t('outreach.title') }

/** What people outside were told, and each message from its occasion to its receipt. */
export const outreachRoutes: RouteRecordRaw[] = [
  { path: 'outreach', component: () => import('./OutreachPage.vue'), meta },
  { path: 'outreach/:id', component: () => import('./OutreachMessagePage.vue'), meta },
]
