import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

/** What is asked for with forms: starting one, what was filled in, and the designer. */
export const formRoutes: RouteRecordRaw[] = [
  { path: 'forms', component: () => import('./StartPage.vue'), meta: { menu: 'forms', title: () => t('forms.start') } },
  { path: 'forms/:id/new', component: () => import('./FillPage.vue'), meta: { menu: 'forms', title: () => t('forms.start') } },
  { path: 'forms/:id/entries', component: () => import('./EntriesPage.vue'), meta: { menu: 'forms', title: () => t('forms.entries') } },
  { path: 'form-entries', component: () => import('./EntriesPage.vue'), meta: { menu: 'forms', title: () => t('forms.mine') } },
  { path: 'form-entries/:id', component: () => import('./EntryPage.vue'), meta: { menu: 'forms', title: () => t('forms.entry') } },
  { path: 'settings/forms/:id', component: () => import('./design/FormPage.vue'), meta: { menu: 'settings', permission: 'approval-flow:manage', title: () => t('forms.title') } },
]
