import type { RouteRecordRaw } from 'vue-router'
import { t, type MessageKey } from '@/i18n'
import { customerRoutes } from '@/pages/customers/routes'

const guest = (path: string, title: MessageKey, component: RouteRecordRaw['component'], strict = false): RouteRecordRaw =>
  ({ path, component, meta: { public: true, guest: strict, title: () => t(title) } }) as RouteRecordRaw

export const routes: RouteRecordRaw[] = [
  guest('/sign-up', 'auth.signUpTitle', () => import('@/pages/auth/SignUpPage.vue')),
  guest('/sign-in', 'auth.signInTitle', () => import('@/pages/auth/SignInPage.vue'), true),
  {
    path: '/',
    component: () => import('@/components/shell/AppShell.vue'),
    redirect: '/customers',
    children: [
      ...customerRoutes,
      { path: ':rest(.*)*', component: () => import('@/pages/other/NotFoundPage.vue'), meta: { title: () => t('state.notFound') } },
    ],
  },
]
