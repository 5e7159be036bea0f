import { nextTick, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { Direction } from '@guanxi/domain'
import type { DepartmentTree } from './useDepartmentTree'

const MOVES: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' }

/** The keys of a tree: arrows walk and fold, Alt with arrows moves a department; one row at a time can be tabbed to. */
export function useTreeKeys(tree: DepartmentTree, editable: ComputedRef<boolean>): { active: Ref<string | null>; onKey: (event: KeyboardEvent) => void } {
  const active = ref<string | null>(null)

  watch(tree.lines, (lines) => {
    if (!lines.some(({ department }) => department.id === active.value)) active.value = lines[0]?.department.id ?? null
  })

  function focus(): void {
    void nextTick(() => document.querySelector<HTMLElement>(`[data-department="${active.value}"]`)?.focus())
  }

  function walk(step: number): void {
    const lines = tree.lines.value
    const at = lines.findIndex(({ department }) => department.id === active.value)
    active.value = lines[Math.min(lines.length - 1, Math.max(0, at + step))]?.department.id ?? null
    focus()
  }

  function sideways(id: string, open: boolean): void {
    const line = tree.lines.value.find(({ department }) => department.id === id)
    if (!line) return
    const isFolded = tree.folded.value.has(id)
    if (open && line.children.length > 0 && isFolded) tree.fold(id, false)
    else if (open) walk(1)
    else if (line.children.length > 0 && !isFolded) tree.fold(id, true)
    else if (line.department.parent_id) {
      active.value = line.department.parent_id
      focus()
    }
  }

  function onKey(event: KeyboardEvent): void {
    const isRow = event.target instanceof HTMLElement && event.target.dataset.department !== undefined
    const direction = MOVES[event.key]
    if (!isRow || !direction || !active.value) return
    event.preventDefault()
    if (event.altKey) {
      if (editable.value) void tree.nudge(active.value, direction).then(focus)
    } else if (direction === 'up' || direction === 'down') walk(direction === 'up' ? -1 : 1)
    else sideways(active.value, direction === 'in')
  }

  return { active, onKey }
}
