import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { Problem } from '@guanxi/client'
import { t } from '@/i18n'
import { useSession } from '@/stores/session'
import { useStart } from '@/stores/start'

declare module 'vue-router' {
  interface RouteMeta {
    /** Which tab of the bar is lit; without one there is no bar. */
    tab?: 'inbox' | 'claims' | 'me'
  }
}

export const routes: RouteRecordRaw[] = [
  { path: '/sign-in', component: () => import('@m/pages/sign-in/SignInPage.vue'), meta: { public: true, guest: true, title: () => t('auth.signInTitle') } },
  { path: '/', component: () => import('@m/pages/inbox/InboxPage.vue'), meta: { tab: 'inbox', title: () => t('mobile.title') } },
  { path: '/approvals', redirect: '/' },
  { path: '/approvals/:box(decided|mine|copies)', redirect: (to) => ({ path: '/', query: { box: String(to.params.box) } }) },
  { path: '/approvals/:id', component: () => import('@m/pages/approval/ApprovalPage.vue'), meta: { title: () => t('approvals.detail') } },
  { path: '/quotes/:id', component: () => import('@m/pages/quotes/QuotePage.vue'), meta: { title: () => t('quotes.noun') } },
  { path: '/expenses', component: () => import('@m/pages/claims/ClaimsPage.vue'), meta: { tab: 'claims', title: () => t('mobile.claims') } },
  { path: '/expenses/new', component: () => import('@m/pages/claims/ClaimEditPage.vue'), meta: { title: () => t('expenses.create') } },
  { path: '/expenses/:id', component: () => import('@m/pages/claims/ClaimPage.vue'), meta: { title: () => t('expenses.noun') } },
  { path: '/expenses/:id/edit', component: () => import('@m/pages/claims/ClaimEditPage.vue'), meta: { title: () => t('expenses.edit') } },
  { path: '/me', component: () => import('@m/pages/me/MePage.vue'), meta: { tab: 'me', title: () => t('mobile.me') } },
  { path: '/:rest(.*)*', component: () => import('@m/pages/me/ElsewherePage.vue'), meta: { title: () => t('state.notFound') } },
]

export const router = createRouter({
  history: createWebHistory('/m/'),
  routes,
  // Each page scrolls in a frame of its own, which stays as it was.
  scrollBehavior: () => false,
})

router.beforeEach(async (to) => {
  const start = useStart()
  try {
    await useSession().ensure()
  } catch (thrown) {
    start.problem = Problem.of(thrown)
    start.wanted = to.fullPath
    return false
  }
  const signed = useSession().session
  if (to.meta.guest) return signed ? { path: '/' } : true
  if (!signed) return { path: '/sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  if (signed.must_enrol) {
    location.assign('/second-factor')
    return false
  }
  return true
})
