import { createRouter, createWebHistory } from 'vue-router'
import { t } from '@/i18n'
import { useSession } from '@/stores/session'
import { routes } from './routes'

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown without a session. */
    public?: boolean
    /** Shown only without a session: signing in and up. */
    guest?: boolean
    /** The permission without which the page shows who could grant it. */
    permission?: string
    /** The menu entry that is lit. */
    menu?: string
    /** The document's title. */
    title?: () => string
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes,
  // Scrolling happens inside the sheet; lists restore their own place.
  scrollBehavior: () => false,
})

router.beforeEach(async (to) => {
  if (to.meta.public && !to.meta.guest) return true
  const signed = await useSession().ensure()
  if (to.meta.guest) return signed ? { path: '/' } : true
  if (!signed) return { path: '/sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  return true
})

router.afterEach((to) => {
  const title = to.meta.title?.()
  document.title = title ? `${title} · ${t('brand.name')}` : t('brand.name')
})
