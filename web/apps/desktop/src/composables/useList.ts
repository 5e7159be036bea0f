import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useRoute } from 'vue-router'
import { isAbort, Problem, type Page } from '@guanxi/client'
import { filterParameter, startOfDay, type Condition, type ValueForm } from '@guanxi/domain'
import { onForget } from '@/forget'
import { usePreferences } from '@/stores/preferences'
import { useSession } from '@/stores/session'
import { useListAddress, type ListAddress } from './listAddress'
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
  /** Further fields that are known only once the list is there, and how their values are written. */
  more?: MoreFields
  /** The order without a choice, e.g. `-updated_at`; absent when the operation has none to choose. */
  sort?: string
  /** Whether the first page asks for the total. */
  total?: boolean
  /** Fetches one page; `conditions` are for the operations that take their filters as plain parameters. */
  fetch: (query: ListQuery, signal: AbortSignal, conditions: Condition[]) => Promise<Page<T>>
}

/** Fields to filter by beyond those that every company has. */
export interface MoreFields {
  /** Whether a name in the address may be one of them. */
  has: (name: string) => boolean
  writtenAs: (name: string) => ValueForm | undefined
  /** Resolves once they are known. */
  ready: () => Promise<unknown>
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
  /** What the list asks the server for at this moment. */
  asked: () => ListQuery
}

interface Remembered {
  items: unknown[]
  nextCursor: string | null
  total: { count: number; capped: boolean } | null
}

const MOST_REMEMBERED = 12
const remembered = new Map<string, Remembered>()

onForget(() => remembered.clear())

function remember(key: string, page: Remembered): void {
  remembered.delete(key)
  remembered.set(key, page)
  if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value as string)
}

/** Keyset list: state in the address, one call at a time, old rows kept while new ones come, rows at hand on the way back. */
export function useList<T>(options: ListOptions<T>): List<T> {
  const route = useRoute()
  const preferences = usePreferences()
  const path = route.path
  const fixed = new Set(options.fields ?? [])
  const address = useListAddress({ has: (name) => fixed.has(name) || (options.more?.has(name) ?? false) })
  const { q, cursor, conditions, go } = address
  const sort = computed(() => address.sort.value || options.sort)
  const limit = computed(() => preferences.pageSize)
  const query = useListQuery({ ...options, address, sort, limit })

  const items = shallowRef<T[]>([])
  const total = ref<Page<T>['total']>(null)
  const loading = ref(false)
  const loaded = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const nextCursor = ref<string | null>(null)
  let controller: AbortController | null = null

  async function reload(): Promise<void> {
    controller?.abort()
    const mine = new AbortController()
    controller = mine
    loading.value = true
    problem.value = null
    try {
      if (conditions.value.some(({ field }) => options.more?.has(field))) await options.more?.ready()
      const asked = query()
      const page = await options.fetch(asked, mine.signal, conditions.value)
      if (controller === mine) take(page, asked)
    } catch (thrown) {
      if (controller === mine && !isAbort(thrown)) fail(Problem.of(thrown))
    } finally {
      if (controller === mine) loading.value = false
    }
  }

  function show(page: Remembered): void {
    items.value = page.items as T[]
    nextCursor.value = page.nextCursor
    total.value = page.total
    loaded.value = true
  }

  function take(page: Page<T>, asked: ListQuery): void {
    const counted = page.total ?? (asked.cursor ? (total.value ?? null) : null)
    show({ items: page.items, nextCursor: page.next_cursor, total: counted })
    remember(route.fullPath, { items: page.items, nextCursor: page.next_cursor, total: counted })
  }

  function fail(found: Problem): void {
    // A cursor from an old address may have lost its meaning: the first page then serves better than an error.
    const isLost = cursor.value !== '' && found.errors.some(({ field }) => field === 'cursor')
    if (isLost) go({ cursor: undefined }, { replace: true })
    else problem.value = found
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
  if (kept) show(kept)
  void reload()

  return {
    items,
    total: computed(() => total.value ?? null),
    loading,
    slow: useSlow(loading),
    problem,
    loaded,
    q,
    conditions,
    sort,
    limit,
    narrowed: computed(() => q.value !== '' || conditions.value.length > 0),
    hasPrevious: computed(() => cursor.value !== ''),
    hasNext: computed(() => nextCursor.value !== null),
    setQ: (value) => go({ q: value }, { replace: q.value !== '' && value !== '' }),
    setConditions: (wanted) => address.setConditions(wanted),
    setSort: (value) => go({ sort: value === options.sort ? undefined : value }),
    setLimit,
    clear: () => address.setConditions([], { q: undefined }),
    next: () => nextCursor.value && address.forward(nextCursor.value),
    previous: address.back,
    reload,
    asked: query,
  }
}

interface QuerySources {
  numbers?: readonly string[]
  more?: MoreFields
  total?: boolean
  address: ListAddress
  sort: ComputedRef<string | undefined>
  limit: ComputedRef<number>
}

/** What the list asks the server for, out of its address and the preferences. */
function useListQuery({ numbers, more, total, address, sort, limit }: QuerySources): () => ListQuery {
  const session = useSession()
  const encoding = {
    midnight: (day: string) => startOfDay(day, session.timeZone),
    numbers: new Set(numbers ?? []),
    writtenAs: (field: string) => more?.writtenAs(field),
  }
  return () => {
    const filter = filterParameter(address.conditions.value, encoding)
    return {
      limit: limit.value,
      ...(address.q.value ? { q: address.q.value } : {}),
      ...(filter ? { filter } : {}),
      ...(sort.value ? { sort: sort.value } : {}),
      ...(address.cursor.value ? { cursor: address.cursor.value } : {}),
      ...(total && !address.cursor.value ? { total: true } : {}),
    }
  }
}
