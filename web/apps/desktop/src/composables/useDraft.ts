import { onScopeDispose, watch } from 'vue'
import { useSession } from '@/stores/session'

const DELAY_MS = 400

/** What a form kept for later. */
export interface Draft<V> {
  /** The values that were left behind, or null. */
  restore: () => V | null
  drop: () => void
}

/** Keeps a form's values in this tab until they are sent; each company and person has drafts of their own. */
export function useDraft<V extends object>(name: string | null, values: () => V, isDirty: () => boolean): Draft<V> {
  const session = useSession()
  const key = name && `gx.draft.${session.tenant?.slug ?? ''}.${session.user?.id ?? ''}.${name}`
  let timer: ReturnType<typeof setTimeout> | undefined

  function keep(): void {
    timer = undefined
    if (!key) return
    if (isDirty()) sessionStorage.setItem(key, JSON.stringify(values()))
    else sessionStorage.removeItem(key)
  }

  /** Keep what was typed a moment ago, before the page or the form is gone. */
  function keepNow(): void {
    if (timer === undefined) return
    clearTimeout(timer)
    keep()
  }

  function drop(): void {
    clearTimeout(timer)
    timer = undefined
    if (key) sessionStorage.removeItem(key)
  }

  function restore(): V | null {
    const kept = key && sessionStorage.getItem(key)
    if (!kept) return null
    try {
      return JSON.parse(kept) as V
    } catch {
      drop()
      return null
    }
  }

  if (key) {
    watch(
      values,
      () => {
        clearTimeout(timer)
        timer = setTimeout(keep, DELAY_MS)
      },
      { deep: true },
    )
    window.addEventListener('pagehide', keepNow)
    onScopeDispose(() => {
      window.removeEventListener('pagehide', keepNow)
      keepNow()
    })
  }
  return { restore, drop }
}
