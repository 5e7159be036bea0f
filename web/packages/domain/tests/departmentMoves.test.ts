// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { changesOfMove, placeOf, placeTowards, type FlatDepartment } from '../src'

const dept = (id: string, parent_id: string | null, sort_order: number): FlatDepartment => ({ id, name: id, parent_id, sort_order })
const flat = [dept('root', null, 0), dept('sales', 'root', 0), dept('east', 'sales', 0), dept('south', 'sales', 1), dept('market', 'root', 1), dept('money', 'root', 2)]

function after(id: string, place: { parentId: string | null; index: number }): FlatDepartment[] {
  const changes = new Map(changesOfMove(flat, id, place).map((change) => [change.id, change]))
  return flat.map((department) => ({ ...department, ...changes.get(department.id) }))
}

describe('moving departments', () => {
  it('tells where one stands', () => {
    expect(placeOf(flat, 'south')).toEqual({ parentId: 'sales', index: 1 })
    expect(placeOf(flat, 'nobody')).toBeNull()
  })

  it('follows the keys, and stops at the edges', () => {
    expect(placeTowards(flat, 'money', 'up')).toEqual({ parentId: 'root', index: 1 })
    expect(placeTowards(flat, 'sales', 'up')).toBeNull()
    expect(placeTowards(flat, 'money', 'down')).toBeNull()
    expect(placeTowards(flat, 'market', 'in')).toEqual({ parentId: 'sales', index: 2 })
    expect(placeTowards(flat, 'sales', 'in')).toBeNull()
    expect(placeTowards(flat, 'south', 'out')).toEqual({ parentId: 'root', index: 1 })
    expect(placeTowards(flat, 'root', 'out')).toBeNull()
  })

  it('renumbers only what has to move aside', () => {
    expect(changesOfMove(flat, 'money', { parentId: 'root', index: 1 })).toEqual([
      { id: 'money', parent_id: 'root', sort_order: 1 },
      { id: 'market', parent_id: 'root', sort_order: 2 },
    ])
    expect(placeOf(after('market', { parentId: 'sales', index: 1 }), 'market')).toEqual({ parentId: 'sales', index: 1 })
    expect(placeOf(after('south', { parentId: null, index: 0 }), 'south')).toEqual({ parentId: null, index: 0 })
  })

  it('refuses to lie within itself, and does nothing for the place it has', () => {
    expect(changesOfMove(flat, 'sales', { parentId: 'east', index: 0 })).toEqual([])
    expect(changesOfMove(flat, 'sales', { parentId: 'sales', index: 0 })).toEqual([])
    expect(changesOfMove(flat, 'market', { parentId: 'root', index: 1 })).toEqual([])
  })
})
