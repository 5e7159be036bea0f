import { createRouter, createWebHistory } from 'vue-router'
import { Problem } from '@guanxi/client'
import { useSession } from '@/stores/session'
import { useStart } from '@/stores/start'
import { routes } from './routes'

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown without a session. */
    public?: boolean
    /** Shown only without a session: signing in and up. */
    guest?: boolean
    /** Shown only to those who must first set two-step sign-in up. */
    enrol?: boolean
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
  if (signed.must_enrol !== (to.meta.enrol ?? false)) return { path: signed.must_enrol ? '/second-factor' : '/' }
  return true
})

const STALE = /dynamically imported module|importing a module script failed|preload CSS/i
const LAST_RELOAD = 'gx.reloaded-at'

// After a new version was put up, the pieces of the old one are gone: the page is fetched anew, but not over and over.
router.onError((error: unknown, to) => {
  const isStale = error instanceof Error && STALE.test(error.message)
  const justReloaded = Date.now() - Number(sessionStorage.getItem(LAST_RELOAD) ?? 0) < 10_000
  if (isStale && !justReloaded) {
    sessionStorage.setItem(LAST_RELOAD, String(Date.now()))
    location.assign(to.fullPath)
    return
  }
  const start = useStart()
  start.problem = Problem.of(error)
  start.wanted = to.fullPath
})
