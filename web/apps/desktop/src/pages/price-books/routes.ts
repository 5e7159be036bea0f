import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'price-books', permission: 'price-book:manage', title: () => t('priceBooks.title') }

/** The price books and the page of each. */
export const priceBookRoutes: RouteRecordRaw[] = [
  { path: 'price-books', component: () => import('./PriceBooksPage.vue'), meta },
  { path: 'price-books/:id', component: () => import('./PriceBookPage.vue'), meta },
]
