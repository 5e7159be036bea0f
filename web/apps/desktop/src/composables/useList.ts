import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { isAbort, Problem, type Page } from '@guanxi/client'
import { conditionsFrom, conditionsQuery, filterParameter, startOfDay, startOfDayBefore, type Condition } from '@guanxi/domain'
import { onForget } from '@/forget'
import { usePreferences } from '@/stores/preferences'
import { useSession } from '@/stores/session'
import { useSlow } from './useSlow'

/** The query of one page, as the list operations of the API take it. */
export interface ListQuery {
  q?: string
  filter?: string
  sort?: string
  limit: number
  cursor?: string
  total?: boolean
}

export interface ListOptions<T> {
  /** The fields that may be filtered by, as the address of the page names them. */
  fields?: readonly string[]
  /** Those among them that hold whole numbers. */
  numbers?: readonly string[]
  /** The order without a choice, e.g. `-updated_at`; absent when the operation has none to choose. */
  sort?: string
  /** Whether the first page asks for the total. */
  total?: boolean
  /** Fetches one page; `conditions` are for the operations that take their filters as plain parameters. */
  fetch: (query: ListQuery, signal: AbortSignal, conditions: Condition[]) => Promise<Page<T>>
}

/** A list whose search, filters, order and place live in the page's address. */
export interface List<T> {
  items: ShallowRef<T[]>
  total: Ref<{ count: number; capped: boolean } | null>
  /** A call is under way. */
  loading: Ref<boolean>
  /** A call has been under way for 200 ms: time for a skeleton. */
  slow: Ref<boolean>
  problem: ShallowRef<Problem | null>
  /** True once something has been loaded: a refresh then keeps the old rows. */
  loaded: Ref<boolean>
  q: ComputedRef<string>
  conditions: ComputedRef<Condition[]>
  sort: ComputedRef<string | undefined>
  limit: ComputedRef<number>
  /** True when a search or a filter narrows the list. */
  narrowed: ComputedRef<boolean>
  hasPrevious: ComputedRef<boolean>
  hasNext: ComputedRef<boolean>
  setQ: (q: string) => void
  setConditions: (conditions: Condition[]) => void
  setSort: (sort: string) => void
  setLimit: (limit: number) => void
  clear: () => void
  next: () => void
  previous: () => void
  reload: () => Promise<void>
}

interface Remembered {
  items: unknown[]
  nextCursor: string | null
  total: { count: number; capped: boolean } | null
}

const MOST_REMEMBERED = 12
const remembered = new Map<string, Remembered>()

onForget(() => remembered.clear())

/** Keyset list: state in the address, one call at a time, old rows kept while new ones come, rows at hand on the way back. */
export function useList<T>(options: ListOptions<T>): List<T> {
  const route = useRoute()
  const router = useRouter()
  const preferences = usePreferences()
  const session = useSession()
  const path = route.path
  const fields = new Set(options.fields ?? [])
  const numbers = new Set(options.numbers ?? [])

  const items = shallowRef<T[]>([])
  const total = ref<{ count: number; capped: boolean } | null>(null)
  const loading = ref(false)
  const loaded = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const nextCursor = ref<string | null>(null)
  let controller: AbortController | null = null

  const text = (key: string): string => (typeof route.query[key] === 'string' ? route.query[key] : '')
  const q = computed(() => text('q'))
  const cursor = computed(() => text('cursor'))
  const sort = computed(() => text('sort') || options.sort)
  const limit = computed(() => preferences.pageSize)
  const conditions = computed(() => conditionsFrom(route.query, fields))
  const narrowed = computed(() => q.value !== '' || conditions.value.length > 0)

  function query(): ListQuery {
    const filter = filterParameter(conditions.value, {
      daysAgo: (days) => startOfDayBefore(days, session.timeZone),
      midnight: (day) => startOfDay(day, session.timeZone),
      numbers,
    })
    return {
      limit: limit.value,
      ...(q.value ? { q: q.value } : {}),
      ...(filter ? { filter } : {}),
      ...(sort.value ? { sort: sort.value } : {}),
      ...(cursor.value ? { cursor: cursor.value } : {}),
      ...(options.total && !cursor.value ? { total: true } : {}),
    }
  }

  async function reload(): Promise<void> {
    controller?.abort()
    const mine = new AbortController()
    controller = mine
    loading.value = true
    problem.value = null
    try {
      const asked = query()
      const page = await options.fetch(asked, mine.signal, conditions.value)
      if (controller === mine) take(page, asked)
    } catch (thrown) {
      if (controller === mine && !isAbort(thrown)) fail(thrown)
    } finally {
      if (controller === mine) loading.value = false
    }
  }

  function take(page: Page<T>, asked: ListQuery): void {
    items.value = page.items
    nextCursor.value = page.next_cursor
    if (page.total || !asked.cursor) total.value = page.total ?? null
    loaded.value = true
    remember(route.fullPath, { items: page.items, nextCursor: page.next_cursor, total: total.value })
  }

  function fail(thrown: unknown): void {
    const found = Problem.of(thrown)
    // A cursor from an old address may have lost its meaning: the first page then serves better than an error.
    if (asksAnew(found)) go({ cursor: undefined }, { replace: true })
    else problem.value = found
  }

  function asksAnew(found: Problem): boolean {
    return cursor.value !== '' && found.errors.some((error) => error.field === 'cursor')
  }

  function go(change: LocationQueryRaw, { replace = false, cursors = [] as string[] } = {}): void {
    const wanted: LocationQueryRaw = { ...route.query, cursor: undefined, ...change }
    const query = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== '' && value !== undefined))
    void router[replace ? 'replace' : 'push']({ query, hash: route.hash, state: { cursors } })
  }

  const cursors = (): string[] => {
    const kept: unknown = history.state?.cursors
    return Array.isArray(kept) ? (kept as string[]) : []
  }

  function next(): void {
    if (nextCursor.value) go({ cursor: nextCursor.value }, { cursors: [...cursors(), cursor.value] })
  }

  function previous(): void {
    const stack = cursors()
    go({ cursor: stack.at(-1) || undefined }, { cursors: stack.slice(0, -1) })
  }

  function setConditions(wanted: Condition[]): void {
    const gone = Object.fromEntries(Object.keys(conditionsQuery(conditions.value)).map((key) => [key, undefined]))
    go({ ...gone, ...conditionsQuery(wanted) })
  }

  function clear(): void {
    const gone = Object.fromEntries(Object.keys(conditionsQuery(conditions.value)).map((key) => [key, undefined]))
    go({ ...gone, q: undefined })
  }

  function setLimit(size: number): void {
    preferences.pageSize = size
    if (cursor.value) go({ cursor: undefined })
    else void reload()
  }

  watch(
    () => route.fullPath,
    () => {
      if (route.path === path) void reload()
      else controller?.abort()
    },
  )
  onScopeDispose(() => controller?.abort())

  const kept = remembered.get(route.fullPath)
  if (kept) {
    items.value = kept.items as T[]
    nextCursor.value = kept.nextCursor
    total.value = kept.total
    loaded.value = true
  }
  void reload()

  return {
    items,
    total,
    loading,
    slow: useSlow(loading),
    problem,
    loaded,
    q,
    conditions,
    sort,
    limit,
    narrowed,
    hasPrevious: computed(() => cursor.value !== ''),
    hasNext: computed(() => nextCursor.value !== null),
    setQ: (value) => go({ q: value }, { replace: q.value !== '' && value !== '' }),
    setConditions,
    setSort: (value) => go({ sort: value === options.sort ? undefined : value }),
    setLimit,
    clear,
    next,
    previous,
    reload,
  }
}

function remember(key: string, page: Remembered): void {
  remembered.delete(key)
  remembered.set(key, page)
  if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value as string)
}
