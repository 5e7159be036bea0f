import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { conditionsFrom, conditionsQuery, type Condition } from '@guanxi/domain'

/** What the address of a list page says, and how to change it. */
export interface ListAddress {
  q: ComputedRef<string>
  cursor: ComputedRef<string>
  sort: ComputedRef<string>
  conditions: ComputedRef<Condition[]>
  /** Changes parts of the query; any change but that of the page starts the list anew. */
  go: (change: LocationQueryRaw, way?: { replace?: boolean; cursors?: string[] }) => void
  setConditions: (wanted: Condition[], more?: LocationQueryRaw) => void
  /** One page on, remembering the way back. */
  forward: (nextCursor: string) => void
  back: () => void
}

/** The cursors of the pages before this one; they travel with the history entry, so that Back and reload keep them. */
function trail(): string[] {
  const kept: unknown = (history.state as { cursors?: unknown } | null)?.cursors
  return Array.isArray(kept) ? (kept as string[]) : []
}

/** Keeps a list's search, filters, order and place in the address of its page. */
export function useListAddress(fields: Pick<ReadonlySet<string>, 'has'>): ListAddress {
  const route = useRoute()
  const router = useRouter()
  const text = (key: string): string => (typeof route.query[key] === 'string' ? route.query[key] : '')
  const cursor = computed(() => text('cursor'))
  const conditions = computed(() => conditionsFrom(route.query, fields))

  function go(change: LocationQueryRaw, { replace = false, cursors = [] }: { replace?: boolean; cursors?: string[] } = {}): void {
    const wanted: LocationQueryRaw = { ...route.query, cursor: undefined, ...change }
    const query = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== '' && value !== undefined))
    void router[replace ? 'replace' : 'push']({ query, hash: route.hash, state: { cursors } })
  }

  function setConditions(wanted: Condition[], more: LocationQueryRaw = {}): void {
    const gone = Object.fromEntries(Object.keys(conditionsQuery(conditions.value)).map((key) => [key, undefined]))
    go({ ...gone, ...conditionsQuery(wanted), ...more })
  }

  return {
    q: computed(() => text('q')),
    cursor,
    sort: computed(() => text('sort')),
    conditions,
    go,
    setConditions,
    forward: (nextCursor) => go({ cursor: nextCursor }, { cursors: [...trail(), cursor.value] }),
    back: () => go({ cursor: trail().at(-1) || undefined }, { cursors: trail().slice(0, -1) }),
  }
}
