import { computed, shallowReactive, watchEffect, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { answer, ifMatch, isAbort, newKey, once, Problem, type View, type ViewIn } from '@guanxi/client'
import { splitFilter, type ConditionTree, type FilterCoding } from '@guanxi/domain'
import { api } from '@/api'
import { onForget } from '@/forget'
import type { ListState } from './listAddress'

export type ListName = 'customer' | 'contact' | 'activity' | 'task' | 'product' | 'quote' | 'asset' | 'service-record' | 'purchase' | 'outreach-message' | 'campaign' | 'expense-claim' | 'expense-request' | 'advance'

interface Known {
  items: View[]
  defaultId: string | null
  problem: Problem | null
  at: number
  flight: Promise<void> | null
}

const FRESH_MS = 30_000
/** In the address: no view, although there is a default. */
export const NO_VIEW = 'all'
const known = shallowReactive(new Map<ListName, Known>())
const shown = shallowReactive(new Map<string, View>())

onForget(() => {
  known.clear()
  shown.clear()
})

const of = (list: ListName): Known => known.get(list) ?? { items: [], defaultId: null, problem: null, at: 0, flight: null }

function take(list: ListName, found: { items: View[]; default_view_id: string | null }): void {
  known.set(list, { items: found.items, defaultId: found.default_view_id, problem: null, at: Date.now(), flight: null })
}

async function fetchViews(list: ListName): Promise<void> {
  try {
    take(list, await answer(api.GET('/api/v1/lists/{list_name}/views', { params: { path: { list_name: list } } })))
  } catch (thrown) {
    known.set(list, { ...of(list), problem: isAbort(thrown) ? null : Problem.of(thrown), at: Date.now(), flight: null })
  }
}

function load(list: ListName, anew = false): Promise<void> {
  const { at, flight } = of(list)
  if (flight) return flight
  if (!anew && Date.now() - at < FRESH_MS) return Promise.resolve()
  const next = fetchViews(list)
  known.set(list, { ...of(list), flight: next })
  return next
}

/** The view that a table shows now, by the name of its columns. */
export const shownView = (name: string): View | null => shown.get(name) ?? null

/** The views of a list, and what can be done with them. What fails throws its `Problem`. */
export interface Views {
  list: ListName
  items: ComputedRef<View[]>
  /** The view in force; null for none. */
  active: ComputedRef<View | null>
  /** True when the address names a view that is not there for the reader. */
  missing: ComputedRef<boolean>
  /** Why the views could not be asked for; those asked for before stay in sight. */
  problem: ComputedRef<Problem | null>
  defaultId: ComputedRef<string | null>
  /** Whether a view is one that the page brings along. */
  isOwn: (id: string) => boolean
  hasOwn: ComputedRef<boolean>
  base: () => (ListState & { id: string }) | null
  ready: () => Promise<unknown>
  /** Opens a view, or the whole list. */
  open: (id: string | null) => Promise<unknown>
  create: (draft: ViewIn, key: string) => Promise<View>
  change: (view: View, changes: Partial<ViewIn>) => Promise<View>
  remove: (view: View) => Promise<void>
  restore: (view: View) => Promise<void>
  /** In which order they stand, and which is one's own default. */
  choose: (ids: readonly string[], defaultId: string | null) => Promise<void>
  reload: () => Promise<void>
}

/** A view that a page brings along; nobody changes it. */
export interface BuiltInView {
  id: string
  name: string
  filter: ConditionTree
}

export interface ViewsOptions {
  list: ListName
  /** Under which name the table remembers its columns. */
  name: string
  fields: Pick<ReadonlySet<string>, 'has'>
  coding: FilterCoding
  /** Views of the page's own, in front of the others; the first is meant without a word. They stand for the whole list. */
  builtIn?: () => readonly BuiltInView[]
  /** Resolves once own fields are known, which filters of views may speak of. */
  prepared?: () => Promise<unknown>
}

function asView(list: ListName, { id, name, filter }: BuiltInView): View {
  const shown = { id, name, list, filter: filter as unknown as View['filter'], sort: '', shown_columns: [] }
  return { ...shown, version: 0, owner: null, mine: false, audience: 'everyone', role_ids: [], department_ids: [], is_default: false, updated_at: '', dropped: [], can: { update: false, delete: false } }
}

/** The saved views of a list page; which one is in force stands in its address. */
export function useViews({ list, name, fields, coding, builtIn, prepared }: ViewsOptions): Views {
  const route = useRoute()
  const router = useRouter()
  const path = route.path
  void load(list)
  const own = computed(() => (builtIn?.() ?? []).map((view) => asView(list, view)))
  const items = computed(() => [...own.value, ...of(list).items])
  const isOwn = (id: string): boolean => own.value.some((view) => view.id === id)
  const defaultId = computed(() => of(list).defaultId)
  const wanted = computed(() => (typeof route.query.view === 'string' ? route.query.view : ''))
  // An address that says for itself what is asked, a link from another page, means no view.
  const spoken = computed(() => Object.keys(route.query).some((key) => key === 'where' || key === 'sort' || fields.has(key.split('.')[0] ?? '')))
  const active = computed(() => {
    const id = wanted.value || (spoken.value ? '' : (defaultId.value ?? own.value[0]?.id ?? ''))
    return items.value.find((view) => view.id === id) ?? null
  })
  const state = computed(() => {
    if (!active.value) return null
    const { conditions, rest } = splitFilter(active.value.filter as unknown as ConditionTree | null, fields, coding)
    return { id: active.value.id, conditions, rest, sort: active.value.sort }
  })
  watchEffect(() => {
    if (active.value) shown.set(name, active.value)
    else shown.delete(name)
  })

  const reload = (): Promise<void> => load(list, true)
  const put = (view: View): View => {
    const others = of(list).items.map((one) => (one.id === view.id ? view : view.is_default && one.is_default ? { ...one, is_default: false } : one))
    known.set(list, { ...of(list), items: others.some(({ id }) => id === view.id) ? others : [...others, view] })
    return view
  }

  return {
    list,
    items,
    active,
    missing: computed(() => wanted.value !== '' && wanted.value !== NO_VIEW && of(list).at > 0 && !of(list).problem && active.value === null),
    problem: computed(() => of(list).problem),
    defaultId,
    isOwn,
    hasOwn: computed(() => own.value.length > 0),
    base: () => state.value,
    ready: async () => {
      if (wanted.value === NO_VIEW || (!wanted.value && spoken.value)) return
      await Promise.all([load(list), prepared?.()])
    },
    open: (id) => router.push({ path, query: { view: id ?? (defaultId.value ? NO_VIEW : undefined), q: route.query.q } }),
    create: async (draft, key) => put(await answer(api.POST('/api/v1/lists/{list_name}/views', { params: { path: { list_name: list } }, body: draft, ...once(key) }))),
    change: async (view, changes) => put(await answer(api.PATCH('/api/v1/views/{id}', { params: { path: { id: view.id } }, body: changes, ...ifMatch(view.version) }))),
    remove: async (view) => {
      await api.DELETE('/api/v1/views/{id}', { params: { path: { id: view.id } }, ...ifMatch(view.version) })
      known.set(list, { ...of(list), items: of(list).items.filter(({ id }) => id !== view.id), defaultId: defaultId.value === view.id ? null : defaultId.value })
    },
    restore: async (view) => {
      await answer(api.POST('/api/v1/views/{id}/restoration', { params: { path: { id: view.id } }, ...once(newKey()) }))
      await reload()
    },
    choose: async (ids, chosen) => {
      take(list, await answer(api.PUT('/api/v1/lists/{list_name}/view-choice', { params: { path: { list_name: list } }, body: { view_ids: ids.filter((id) => !isOwn(id)), default_view_id: chosen } })))
    },
    reload,
  }
}
