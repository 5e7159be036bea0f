import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { answer, isAbort, Problem, type Activity, type Page } from '@guanxi/client'
import { api } from '@/api'
import { useSlow } from '@/composables/useSlow'
import type { ActivityHost } from './activityForm'

/** What was done at a customer or with a contact, the latest first. */
export interface Activities {
  items: ShallowRef<Activity[]>
  /** There are earlier ones. */
  more: Ref<boolean>
  problem: ShallowRef<Problem | null>
  loading: Ref<boolean>
  slow: Ref<boolean>
  loaded: Ref<boolean>
  reload: () => Promise<void>
  loadMore: () => Promise<void>
  /** Puts a fresh or changed one where it belongs. */
  put: (activity: Activity) => void
}

const LIMIT = 20
const byTime = (a: Activity, b: Activity): number => Date.parse(b.happened_at) - Date.parse(a.happened_at)

function fetchPage({ customer, contact }: ActivityHost, cursor: string | null, signal: AbortSignal): Promise<Page<Activity>> {
  const query = { limit: LIMIT, ...(cursor ? { cursor } : {}) }
  if (customer) return answer(api.GET('/api/v1/customers/{id}/activities', { params: { path: { id: customer }, query }, signal }))
  return answer(api.GET('/api/v1/contacts/{id}/activities', { params: { path: { id: contact ?? '' }, query }, signal }))
}

/** Loads the activities of a customer or a contact, page after page. */
export function useActivities(host: () => ActivityHost): Activities {
  const items = shallowRef<Activity[]>([])
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
      const page = await fetchPage(host(), cursor, mine.signal)
      if (controller !== mine) return
      // One that was noted meanwhile may already be here.
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

  function put(activity: Activity): void {
    items.value = [activity, ...items.value.filter(({ id }) => id !== activity.id)].sort(byTime)
  }

  watch(
    () => JSON.stringify(host()),
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
