import type { Ref } from 'vue'

/** Picking rows: one by one, or with Shift all from the last one to this. */
export interface RangePick {
  /** Notes whether Shift is held; for the events that come before the change. */
  noteShift: (event: MouseEvent | KeyboardEvent) => void
  pick: (id: string) => void
}

/** `rows` are the ids in sight, in their order; `picked` those that are chosen. */
export function useRangePick(rows: () => readonly string[], picked: Ref<string[]>): RangePick {
  let last: string | null = null
  let shift = false

  function pick(id: string): void {
    const chosen = new Set(picked.value)
    const wanted = !chosen.has(id)
    for (const one of shift ? between(id) : [id]) {
      if (wanted) chosen.add(one)
      else chosen.delete(one)
    }
    last = id
    picked.value = [...chosen]
  }

  function between(id: string): readonly string[] {
    const ids = rows()
    const [here, there] = [ids.indexOf(id), last === null ? -1 : ids.indexOf(last)]
    return there < 0 ? [id] : ids.slice(Math.min(here, there), Math.max(here, there) + 1)
  }

  return { noteShift: (event) => (shift = event.shiftKey), pick }
}
