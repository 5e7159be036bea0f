import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { conditionsFrom, conditionsQuery, type Condition, type ConditionTree } from '@guanxi/domain'

/** What a list is narrowed and ordered by. */
export interface ListState {
  conditions: Condition[]
  /** What no single condition can say. */
  rest: ConditionTree | null
  /** Empty for the list's own. */
  sort: string
}

/** What the address of a list page says, and how to change it. */
export interface ListAddress {
  q: ComputedRef<string>
  cursor: ComputedRef<string>
  state: ComputedRef<ListState>
  /** Whether something else is asked than the view says that the address names. */
  changed: ComputedRef<boolean>
  /** Changes parts of the query; any change but that of the page starts the list anew. */
  go: (change: LocationQueryRaw, way?: { replace?: boolean; cursors?: string[] }) => void
  /** Narrows or orders the list otherwise. */
  set: (state: Partial<ListState>, more?: LocationQueryRaw) => void
  /** One page on, remembering the way back. */
  forward: (nextCursor: string) => void
  back: () => void
}

const CHANGED = 'changed'

/** The cursors of the pages before this one; they travel with the history entry, so that Back and reload keep them. */
export function pagesBefore(): string[] {
  const kept: unknown = (history.state as { cursors?: unknown } | null)?.cursors
  return Array.isArray(kept) ? (kept as string[]) : []
}

function treeFrom(text: string): ConditionTree | null {
  if (!text) return null
  try {
    const found: unknown = JSON.parse(text)
    return found !== null && typeof found === 'object' && !Array.isArray(found) ? (found as ConditionTree) : null
  } catch {
    // An address cut off on its way: the rest of it still holds.
    return null
  }
}

/** Whether two states of a list ask for the same. */
export function sameState(one: ListState, other: ListState): boolean {
  const said = ({ conditions, rest, sort }: ListState): string => JSON.stringify([Object.entries(conditionsQuery(conditions)).sort(), rest, sort])
  return said(one) === said(other)
}

/** What a view says, but for what an address written by hand says besides it. */
function overlaid(view: ListState, said: ListState): ListState {
  const { conditions, rest } = said.conditions.length || said.rest ? said : view
  return { conditions, rest, sort: said.sort || view.sort }
}

/**
 * Keeps a list's search, filters, order and place in the address of its page. An address that names a view says no more
 * than that until something is changed: `base` is what the view says, null where there is none. `usual` is the list's
 * own order.
 */
export function useListAddress(fields: Pick<ReadonlySet<string>, 'has'>, base: () => (ListState & { id: string }) | null = () => null, usual = ''): ListAddress {
  const route = useRoute()
  const router = useRouter()
  const text = (key: string): string => (typeof route.query[key] === 'string' ? route.query[key] : '')
  const cursor = computed(() => text('cursor'))
  const spoken = computed<ListState>(() => ({ conditions: conditionsFrom(route.query, fields), rest: treeFrom(text('where')), sort: text('sort') }))
  const state = computed<ListState>(() => {
    const view = base()
    return text(CHANGED) || !view ? spoken.value : overlaid(view, spoken.value)
  })

  function go(change: LocationQueryRaw, { replace = false, cursors = [] }: { replace?: boolean; cursors?: string[] } = {}): void {
    const wanted: LocationQueryRaw = { ...route.query, cursor: undefined, ...change }
    const query = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== '' && value !== undefined))
    void router[replace ? 'replace' : 'push']({ query, hash: route.hash, state: { cursors } })
  }

  function set(part: Partial<ListState>, more: LocationQueryRaw = {}): void {
    const view = base()
    const next = { ...state.value, ...part }
    if (next.sort === usual) next.sort = ''
    const gone = Object.fromEntries(Object.keys(conditionsQuery(spoken.value.conditions)).map((key) => [key, undefined]))
    const plain = view !== null && sameState(view, next)
    const words: LocationQueryRaw = plain ? { sort: undefined, where: undefined } : { ...conditionsQuery(next.conditions), where: next.rest ? JSON.stringify(next.rest) : undefined, sort: next.sort }
    go({ ...gone, ...words, ...(view !== null && !plain ? { [CHANGED]: '1', view: view.id } : { [CHANGED]: undefined }), ...more })
  }

  return {
    q: computed(() => text('q')),
    cursor,
    state,
    changed: computed(() => {
      const view = base()
      return view !== null && !sameState(view, state.value)
    }),
    go,
    set,
    forward: (nextCursor) => go({ cursor: nextCursor }, { cursors: [...pagesBefore(), cursor.value] }),
    back: () => go({ cursor: pagesBefore().at(-1) || undefined }, { cursors: pagesBefore().slice(0, -1) }),
  }
}
