import type { NavigationGuardReturn, RouteLocationNormalized, RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'
import { formerQuery } from './listing'

/** One's own day, and the list of what is to be done. */
export const taskRoutes: RouteRecordRaw[] = [
  { path: 'my-day', component: () => import('./MyDayPage.vue'), meta: { menu: 'my-day', permission: 'task:read', title: () => t('myDay.title') } },
  {
    path: 'tasks',
    component: () => import('./TasksPage.vue'),
    // Links from before tasks had views still lead where they led.
    beforeEnter: ({ path, query }: RouteLocationNormalized): NavigationGuardReturn => {
      const now = formerQuery(query)
      return now ? { path, query: now, replace: true } : true
    },
    meta: { menu: 'tasks', permission: 'task:read', title: () => t('tasks.title') },
  },
]
