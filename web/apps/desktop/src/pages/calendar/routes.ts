import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

/** Days at a glance; the calendar's own code comes with its page. */
export const calendarRoutes: RouteRecordRaw[] = [
  { path: 'calendar', component: () => import('./CalendarPage.vue'), meta: { menu: 'calendar', permission: 'task:read', title: () => t('calendar.title') } },
]
