import { nextTick, onMounted, watch, type Ref } from 'vue'
import type { CellPlace } from './cells'

const CELL = 'td[data-cell]'
const PEN = '.cell-pen'
/** What has a meaning of its own when it is pressed. */
const PRESSED = 'a, button, input, label, .cell-editor'

/** The place of a cell that can be edited. */
export function placeOf(cell: Element | null | undefined): CellPlace | null {
  const id = cell?.closest<HTMLElement>('tr')?.dataset.row
  const key = (cell as HTMLElement | null | undefined)?.dataset.cell
  return id && key ? { id, key } : null
}

/** The cell before or after another, in the order in which one reads. */
export function cellAfter(area: Element | null, at: CellPlace, step: number): CellPlace | null {
  const cells = [...(area?.querySelectorAll(CELL) ?? [])]
  const here = cells.findIndex((cell) => sameCell(placeOf(cell), at))
  return here < 0 ? null : placeOf(cells[here + step])
}

const sameCell = (one: CellPlace | null, other: CellPlace | null): boolean => one?.id === other?.id && one?.key === other?.key

function towards(cell: Element, arrow: string): Element | null {
  const row = cell.closest('tr')
  const column = (cell as HTMLElement).dataset.cell
  if (arrow === 'ArrowLeft' || arrow === 'ArrowRight') {
    const cells = [...(row?.querySelectorAll(CELL) ?? [])]
    return cells[cells.indexOf(cell) + (arrow === 'ArrowLeft' ? -1 : 1)] ?? null
  }
  for (let next = beside(row, arrow); next; next = beside(next, arrow)) {
    const found = next.querySelector(`td[data-cell="${column}"]`)
    if (found) return found
  }
  return null
}
const beside = (row: Element | null, arrow: string): Element | null => (arrow === 'ArrowUp' ? row?.previousElementSibling : row?.nextElementSibling) ?? null

/** What a table hears about its cells. */
export interface CellWalk {
  onKey: (event: KeyboardEvent) => void
  onClick: (event: MouseEvent) => void
  onDouble: (event: MouseEvent) => void
  onFocus: (event: FocusEvent) => void
}

/**
 * Walking the cells of a table: one of their pens is on the way of Tab, in the row that has the focus; arrows go from
 * one to the next, F2 and a double click open. `at` is the cell that is being edited.
 */
export function useCellWalk(area: Ref<HTMLElement | null>, rows: () => readonly unknown[], at: () => CellPlace | null, open: (place: CellPlace) => unknown): CellWalk {
  const penOf = (cell: Element | null | undefined): HTMLElement | null => cell?.querySelector<HTMLElement>(PEN) ?? null
  let column = ''

  /** Puts the pen on the way of Tab, in place of the one that was. */
  function station(pen: HTMLElement | null): void {
    if (!pen) return
    for (const other of area.value?.querySelectorAll<HTMLElement>(`${PEN}[tabindex="0"]`) ?? []) other.tabIndex = -1
    pen.tabIndex = 0
  }

  function onFocus({ target }: FocusEvent): void {
    const cell = (target as Element).closest(CELL)
    column = placeOf(cell)?.key ?? column
    const row = (target as Element).closest('tr')
    station(penOf(cell) ?? penOf(row?.querySelector(`td[data-cell="${column}"]`) ?? row?.querySelector(CELL)))
  }

  function onKey(event: KeyboardEvent): void {
    const cell = (event.target as Element).closest(CELL)
    const isPen = (event.target as Element).matches(PEN)
    if (!isPen || !cell || event.ctrlKey || event.metaKey || event.altKey) return
    const place = placeOf(cell)
    if (event.key === 'F2' && place) void open(place)
    else if (event.key.startsWith('Arrow')) penOf(towards(cell, event.key))?.focus()
    else return
    event.preventDefault()
  }

  function onClick({ target }: MouseEvent): void {
    const place = target as Element
    if (!place.closest(PRESSED)) penOf(place.closest(CELL))?.focus({ preventScroll: true })
  }

  function onDouble({ target }: MouseEvent): void {
    const place = (target as Element).closest(PRESSED) ? null : placeOf((target as Element).closest(CELL))
    if (place) void open(place)
  }

  watch(at, async (now, before) => {
    await nextTick()
    if (now || !before || document.activeElement !== document.body) return
    penOf(area.value?.querySelector(`tr[data-row="${before.id}"] td[data-cell="${before.key}"]`))?.focus({ preventScroll: true })
  })
  const begin = (): void => {
    if (!area.value?.querySelector(`${PEN}[tabindex="0"]`)) station(area.value?.querySelector<HTMLElement>(PEN) ?? null)
  }
  onMounted(begin)
  watch(rows, begin, { flush: 'post' })
  return { onKey, onClick, onDouble, onFocus }
}
