import Sortable from 'sortablejs'
import { onScopeDispose, watch, type Ref } from 'vue'

/** Where something was dropped: in which lists, from where, to where. */
export interface Drop {
  from: HTMLElement
  to: HTMLElement
  oldIndex: number
  newIndex: number
}

/** Makes the children of a list draggable by their `.handle`; `group` lets them into other lists of the same name. */
export function makeSortable(list: HTMLElement, drop: (drop: Drop) => void, group?: string): () => void {
  const sortable = Sortable.create(list, {
    handle: '.handle',
    animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120,
    ghostClass: 'is-dragged',
    ...(group ? { group } : {}),
    onEnd: ({ item, from, to, oldDraggableIndex, newDraggableIndex }) => {
      if (oldDraggableIndex === undefined || newDraggableIndex === undefined) return
      // The page draws the new order by itself: the element goes back to where it was.
      item.remove()
      from.insertBefore(item, from.children[oldDraggableIndex] ?? null)
      drop({ from, to, oldIndex: oldDraggableIndex, newIndex: newDraggableIndex })
    },
  })
  return () => sortable.destroy()
}

/** A single list that is ordered by drag. */
export function useSorting(list: Readonly<Ref<HTMLElement | null>>, move: (from: number, to: number) => void): void {
  let stop: (() => void) | null = null
  watch(
    list,
    (element) => {
      stop?.()
      stop = element ? makeSortable(element, ({ oldIndex, newIndex }) => move(oldIndex, newIndex)) : null
    },
    { flush: 'post', immediate: true },
  )
  onScopeDispose(() => stop?.())
}
