import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'quotes', permission: 'quote:read', title: () => t('quotes.title') }

/** The quotes, the page of each, and where they are written. */
export const quoteRoutes: RouteRecordRaw[] = [
  { path: 'quotes', component: () => import('./QuotesPage.vue'), meta },
  { path: 'quotes/new', component: () => import('./QuoteEditPage.vue'), meta: { ...meta, permission: 'quote:create', title: () => t('quotes.create') } },
  { path: 'quotes/:id', component: () => import('./QuotePage.vue'), meta },
  { path: 'quotes/:id/edit', component: () => import('./QuoteEditPage.vue'), meta },
]
