import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

/** The recycle bin. */
export const binRoutes: RouteRecordRaw[] = [
  { path: 'recycle-bin', component: () => import('./RecycleBinPage.vue'), meta: { menu: 'recycle-bin', title: () => t('bin.title') } },
]
