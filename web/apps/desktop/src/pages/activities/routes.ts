import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

/** The list of all follow-ups. */
export const activityRoutes: RouteRecordRaw[] = [
  { path: 'activities', component: () => import('./ActivitiesPage.vue'), meta: { menu: 'activities', permission: 'activity:read', title: () => t('activities.listTitle') } },
]
