import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'outreach', permission: 'message:manage', title: () => t('templates.title') }

/** What is written to people outside: all templates, and where one is written. */
export const messageTemplateRoutes: RouteRecordRaw[] = [
  { path: 'message-templates', component: () => import('./MessageTemplatesPage.vue'), meta },
  { path: 'message-templates/new', component: () => import('./MessageTemplateEditPage.vue'), meta },
  { path: 'message-templates/:id', component: () => import('./MessageTemplateEditPage.vue'), meta },
]
