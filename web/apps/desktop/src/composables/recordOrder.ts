import { computed, ref, shallowReactive, type ComputedRef, type Ref } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import type { Page } from '@guanxi/client'
import { onForget } from '@/forget'
import type { ListQuery } from './useList'

/** Where somebody was in a list: its page in sight, what lies before and behind it, and the way back there. */
export interface RecordOrder {
  ids: readonly string[]
  query: ListQuery
  nextCursor: string | null
  /** The cursors of the pages before; the first page has an empty one. */
  cursors: readonly string[]
  path: string
  /** The address of the list, without its page. */
  address: Readonly<Record<string, unknown>>
  fetch: (query: ListQuery) => Promise<Page<{ id: string }>>
}

const orders = shallowReactive(new Map<string, RecordOrder>())

onForget(() => orders.clear())

/** Notes what a list shows, so that its records know their neighbours and the way back. */
export function rememberOrder(kind: string, order: RecordOrder): void {
  orders.set(kind, order)
}

/** The neighbours of a record, as in the list it was opened from. */
export interface Neighbours {
  hasPrevious: ComputedRef<boolean>
  hasNext: ComputedRef<boolean>
  /** Where the list is, at the page that has the record. */
  from: ComputedRef<RouteLocationRaw>
  /** The record before or after, also on the page before or after; null if there is none. */
  step: (step: 1 | -1) => Promise<string | null>
  busy: Ref<boolean>
}

export function useNeighbours(kind: string, id: () => string, path: string): Neighbours {
  const busy = ref(false)
  const order = computed(() => orders.get(kind) ?? null)
  const at = computed(() => order.value?.ids.indexOf(id()) ?? -1)
  const hasPrevious = computed(() => at.value > 0 || (at.value === 0 && (order.value?.cursors.length ?? 0) > 0))
  const hasNext = computed(() => order.value !== null && at.value >= 0 && (at.value < order.value.ids.length - 1 || order.value.nextCursor !== null))

  async function turn(from: RecordOrder, forward: boolean): Promise<string | null> {
    const cursor = forward ? (from.nextCursor ?? '') : (from.cursors.at(-1) ?? '')
    const { cursor: left = '', limit, q, filter, sort } = from.query
    const query: ListQuery = { limit, ...(q ? { q } : {}), ...(filter ? { filter } : {}), ...(sort ? { sort } : {}), ...(cursor ? { cursor } : {}) }
    const page = await from.fetch(query)
    const ids = page.items.map((item) => item.id)
    const cursors = forward ? [...from.cursors, left] : from.cursors.slice(0, -1)
    orders.set(kind, { ...from, ids, query, nextCursor: page.next_cursor, cursors })
    return (forward ? ids[0] : ids.at(-1)) ?? null
  }

  async function step(way: 1 | -1): Promise<string | null> {
    const now = order.value
    if (!now || at.value < 0 || busy.value || !(way > 0 ? hasNext.value : hasPrevious.value)) return null
    const near = now.ids[at.value + way]
    if (near !== undefined) return near
    busy.value = true
    try {
      return await turn(now, way > 0)
    } finally {
      busy.value = false
    }
  }

  const from = computed<RouteLocationRaw>(() => {
    if (!order.value) return { path }
    const { address, query, cursors, path: list } = order.value
    const words = Object.entries({ ...address, cursor: query.cursor }).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    return { path: list, query: Object.fromEntries(words), state: { cursors: [...cursors] } }
  })

  return { hasPrevious, hasNext, from, step, busy }
}
