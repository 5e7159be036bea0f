import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { isAbort, Problem } from '@guanxi/client'
import { useSlow } from './useSlow'

/** One thing from the server, loaded again whenever what it depends on changes. */
export interface Resource<T> {
  data: ShallowRef<T | null>
  problem: ShallowRef<Problem | null>
  loading: Ref<boolean>
  slow: Ref<boolean>
  reload: () => Promise<void>
}

/**
 * Loads `fetch(key)` now and whenever `key` changes; the old data stays in sight while the same key is loaded again.
 * A null key loads nothing.
 */
export function useResource<T, K>(key: () => K | null, fetch: (key: K, signal: AbortSignal) => Promise<T>): Resource<T> {
  const data = shallowRef<T | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const loading = ref(false)
  let controller: AbortController | null = null

  async function reload(): Promise<void> {
    const wanted = key()
    if (wanted === null) return
    controller?.abort()
    const mine = new AbortController()
    controller = mine
    loading.value = true
    try {
      const found = await fetch(wanted, mine.signal)
      if (controller !== mine) return
      data.value = found
      problem.value = null
    } catch (thrown) {
      if (controller === mine && !isAbort(thrown)) problem.value = Problem.of(thrown)
    } finally {
      if (controller === mine) loading.value = false
    }
  }

  watch(
    key,
    () => {
      data.value = null
      problem.value = null
      void reload()
    },
    { immediate: true },
  )
  onScopeDispose(() => controller?.abort())
  return { data, problem, loading, slow: useSlow(loading), reload }
}
