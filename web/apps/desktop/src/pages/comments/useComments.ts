import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { answer, isAbort, Problem, type Comment } from '@guanxi/client'
import { api } from '@/api'
import { useSlow } from '@/composables/useSlow'

/** A record of a kind on which things can hang. */
export interface RecordRef {
  type: 'customer' | 'contact' | 'activity' | 'task'
  id: string
}

/** What is said about a record, the latest first. */
export interface Comments {
  items: ShallowRef<Comment[]>
  more: Ref<boolean>
  problem: ShallowRef<Problem | null>
  loading: Ref<boolean>
  slow: Ref<boolean>
  loaded: Ref<boolean>
  reload: () => Promise<void>
  loadMore: () => Promise<void>
  /** Puts a fresh or changed one where it belongs. */
  put: (comment: Comment) => void
}

/** Loads what is said about a record, page after page. */
export function useComments(record: () => RecordRef): Comments {
  const items = shallowRef<Comment[]>([])
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
      const params = { path: record(), query: cursor ? { cursor } : {} }
      const page = await answer(api.GET('/api/v1/records/{type}/{id}/comments', { params, signal: mine.signal }))
      if (controller !== mine) return
      const there = new Set(cursor ? items.value.map(({ id }) => id) : [])
      items.value = [...(cursor ? items.value : []), ...page.items.filter(({ id }) => !there.has(id))]
      next.value = page.next_cursor
      more.value = page.next_cursor !== null
      loaded.value = true
    } catch (thrown) {
      if (controller === mine && !isAbort(thrown)) problem.value = Problem.of(thrown)
    } finally {
      if (controller === mine) loading.value = false
    }
  }

  function put(comment: Comment): void {
    const there = items.value.some(({ id }) => id === comment.id)
    items.value = there ? items.value.map((item) => (item.id === comment.id ? comment : item)) : [comment, ...items.value]
  }

  watch(
    () => JSON.stringify(record()),
    () => {
      items.value = []
      loaded.value = false
      void load(null)
    },
    { immediate: true },
  )
  onScopeDispose(() => controller?.abort())
  return { items, more, problem, loading, slow: useSlow(loading), loaded, reload: () => load(null), loadMore: () => load(next.value), put }
}
