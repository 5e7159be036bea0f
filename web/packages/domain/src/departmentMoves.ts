import { isWithin, type FlatDepartment } from './departments'

/** Where a department goes: under which parent (null: none), and before how many of its new siblings. */
export interface Place {
  parentId: string | null
  index: number
}

/** What has to be saved for one department after a move. */
export interface PlaceChange {
  id: string
  parent_id: string | null
  sort_order: number
}

export type Direction = 'up' | 'down' | 'in' | 'out'

/** The departments beneath a parent, in their order. */
export function siblingsOf<D extends FlatDepartment>(flat: readonly D[], parentId: string | null): D[] {
  const ids = new Set(flat.map(({ id }) => id))
  const ofThis = flat.filter(({ parent_id }) => (parent_id !== null && ids.has(parent_id) ? parent_id : null) === parentId)
  return ofThis.sort((a, b) => a.sort_order - b.sort_order || a.name.localeCompare(b.name, 'zh-CN'))
}

/** Where a department stands now. */
export function placeOf(flat: readonly FlatDepartment[], id: string): Place | null {
  const own = flat.find((department) => department.id === id)
  if (!own) return null
  const parentId = flat.some((department) => department.id === own.parent_id) ? own.parent_id : null
  return { parentId, index: siblingsOf(flat, parentId).findIndex((department) => department.id === id) }
}

/** Where a key takes a department; null when it cannot go there. */
export function placeTowards(flat: readonly FlatDepartment[], id: string, direction: Direction): Place | null {
  const at = placeOf(flat, id)
  if (!at) return null
  const siblings = siblingsOf(flat, at.parentId)
  if (direction === 'up') return at.index > 0 ? { ...at, index: at.index - 1 } : null
  if (direction === 'down') return at.index < siblings.length - 1 ? { ...at, index: at.index + 1 } : null
  if (direction === 'in') {
    const host = siblings[at.index - 1]
    return host ? { parentId: host.id, index: siblingsOf(flat, host.id).length } : null
  }
  const above = at.parentId && placeOf(flat, at.parentId)
  return above ? { parentId: above.parentId, index: above.index + 1 } : null
}

/** The fewest changes that bring a department to a place; none when it would lie within itself or stays where it is. */
export function changesOfMove(flat: readonly FlatDepartment[], id: string, { parentId, index }: Place): PlaceChange[] {
  const moved = flat.find((department) => department.id === id)
  if (!moved || (parentId !== null && isWithin(flat, parentId, id))) return []
  const order = siblingsOf(flat, parentId).filter((department) => department.id !== id)
  order.splice(index, 0, moved)
  return order
    .map((department, position) => ({ department, change: { id: department.id, parent_id: parentId, sort_order: position } }))
    .filter(({ department, change }) => department.sort_order !== change.sort_order || (department.id === id && department.parent_id !== parentId))
    .map(({ change }) => change)
}
