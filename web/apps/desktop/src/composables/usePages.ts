import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { isAbort, Problem, type Page } from '@guanxi/client'
import { useSlow } from './useSlow'

/** A list that grows downwards, page after page. */
export interface Pages<T> {
  items: ShallowRef<T[]>
  /** There are further ones. */
  more: Ref<boolean>
  problem: ShallowRef<Problem | null>
  loading: Ref<boolean>
  slow: Ref<boolean>
  loaded: Ref<boolean>
  /** Begins anew; what is there stays in sight meanwhile. */
  reload: () => Promise<void>
  loadMore: () => Promise<void>
}

/** Loads the pages of `key()`, from the first one whenever the key becomes another. */
export function usePages<T extends { id: string }, K>(key: () => K, fetch: (key: K, cursor: string | null, signal: AbortSignal) => Promise<Page<T>>): Pages<T> {
  const items = shallowRef<T[]>([])
  const next = ref<string | null>(null)
  const more = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const loading = ref(false)
  const loaded = ref(false)
  let controller: AbortController | null = null

  async function load(cursor: string | null): Promise<void> {
    controller?.abort()
    const mine = new AbortController()
    controller = mine
    loading.value = true
    problem.value = null
    try {
      const page = await fetch(key(), cursor, mine.signal)
      if (controller !== mine) return
      // One that came meanwhile may already be here.
      const kept = cursor ? items.value : []
      const there = new Set(kept.map(({ id }) => id))
      items.value = [...kept, ...page.items.filter(({ id }) => !there.has(id))]
      next.value = page.next_cursor
      more.value = page.next_cursor !== null
      loaded.value = true
    } catch (thrown) {
      if (controller === mine && !isAbort(thrown)) problem.value = Problem.of(thrown)
    } finally {
      if (controller === mine) loading.value = false
    }
  }

  watch(
    () => JSON.stringify(key()),
    () => {
      items.value = []
      loaded.value = false
      void load(null)
    },
    { immediate: true },
  )
  onScopeDispose(() => controller?.abort())
  return { items, more, problem, loading, slow: useSlow(loading), loaded, reload: () => load(null), loadMore: () => load(next.value) }
}
