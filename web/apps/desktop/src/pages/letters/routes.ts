import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'outreach', permission: 'message:manage', title: () => t('letters.title') }

/** What is written to many on paper: all letters, and where one is written and printed. */
export const letterRoutes: RouteRecordRaw[] = [
  { path: 'letters', component: () => import('./LettersPage.vue'), meta },
  { path: 'letters/new', component: () => import('./LetterEditPage.vue'), meta },
  { path: 'letters/:id', component: () => import('./LetterEditPage.vue'), meta },
]
