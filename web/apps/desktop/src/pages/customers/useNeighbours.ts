import { computed, shallowRef, type ComputedRef } from 'vue'

interface Order {
  ids: readonly string[]
  /** The address of the list, for the way back. */
  from: string
}

const order = shallowRef<Order>({ ids: [], from: '/customers' })

/** Notes the rows of the list just shown, so that a record knows its neighbours and the way back. */
export function rememberOrder(ids: readonly string[], from: string): void {
  order.value = { ids, from }
}

/** The records before and after one, as in the list it was opened from. */
export function useNeighbours(id: () => string): ComputedRef<{ previous: string | null; next: string | null; from: string }> {
  return computed(() => {
    const { ids, from } = order.value
    const at = ids.indexOf(id())
    return { previous: ids[at - 1] ?? null, next: at >= 0 ? (ids[at + 1] ?? null) : null, from }
  })
}
