import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'products', permission: 'product:read', title: () => t('products.title') }

/** The catalogue and the page of each product. */
export const productRoutes: RouteRecordRaw[] = [
  { path: 'products', component: () => import('./ProductsPage.vue'), meta },
  { path: 'products/:id', component: () => import('./ProductPage.vue'), meta },
]
