import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'

/** Something that is changed step by step, with the way back. */
export interface History<T> {
  now: Readonly<ShallowRef<T>>
  /** Goes on to another state; steps of the same `kind` in quick succession, such as letters of a word, become one. */
  take: (next: T, kind?: string) => void
  undo: () => void
  redo: () => void
  canUndo: ComputedRef<boolean>
  canRedo: ComputedRef<boolean>
  /** Starts anew from a state, without a way back. */
  reset: (to: T) => void
}

const MOST = 200
const TOGETHER_MS = 1200

/** Holds a state with what it was before. */
export function useHistory<T>(start: T, clock: () => number = Date.now): History<T> {
  const now = shallowRef<T>(start)
  const past = shallowRef<T[]>([])
  const future = shallowRef<T[]>([])
  let last: { kind: string; at: number } | null = null

  function take(next: T, kind?: string): void {
    if (next === now.value) return
    const goesOn = kind !== undefined && last?.kind === kind && clock() - last.at < TOGETHER_MS
    if (!goesOn) past.value = [...past.value.slice(1 - MOST), now.value]
    last = kind === undefined ? null : { kind, at: clock() }
    future.value = []
    now.value = next
  }

  function step(from: ShallowRef<T[]>, to: ShallowRef<T[]>): void {
    const next = from.value.at(-1)
    if (next === undefined) return
    from.value = from.value.slice(0, -1)
    to.value = [...to.value, now.value]
    last = null
    now.value = next
  }

  function reset(to: T): void {
    past.value = []
    future.value = []
    last = null
    now.value = to
  }

  return {
    now,
    take,
    undo: () => step(past, future),
    redo: () => step(future, past),
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    reset,
  }
}
