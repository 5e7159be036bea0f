import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'contacts', permission: 'contact:read', title: () => t('contacts.title') }

/** The list of contacts and the page of each. */
export const contactRoutes: RouteRecordRaw[] = [
  { path: 'contacts', component: () => import('./ContactsPage.vue'), meta },
  { path: 'contacts/:id', component: () => import('./ContactPage.vue'), meta },
]
