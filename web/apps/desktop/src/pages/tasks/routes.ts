import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

/** One's own day, and the list of what is to be done. */
export const taskRoutes: RouteRecordRaw[] = [
  { path: 'my-day', component: () => import('./MyDayPage.vue'), meta: { menu: 'my-day', permission: 'task:read', title: () => t('myDay.title') } },
  { path: 'tasks', component: () => import('./TasksPage.vue'), meta: { menu: 'tasks', permission: 'task:read', title: () => t('tasks.title') } },
]
