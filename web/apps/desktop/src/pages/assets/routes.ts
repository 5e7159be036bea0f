import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'assets', permission: 'asset:read', title: () => t('assets.title') }

/** What stands at customers and what was done there: both lists, and the page of each asset. `/assets` is where the built files lie. */
export const assetRoutes: RouteRecordRaw[] = [
  { path: 'equipment', component: () => import('./AssetsPage.vue'), meta },
  { path: 'equipment/:id', component: () => import('./AssetPage.vue'), meta },
  { path: 'purchases', component: () => import('../purchases/PurchasesPage.vue'), meta: { ...meta, title: () => t('purchases.title') } },
  { path: 'service-records', component: () => import('../service-records/ServiceRecordsPage.vue'), meta: { ...meta, title: () => t('serviceRecords.title') } },
]
