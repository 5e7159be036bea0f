import { describe, expect, it } from 'vitest'
import { holds, isWhole, keptCondition, type ConditionTree, type TestOp } from '../src'

const facts = { stage: 'deal', tags: ['a', 'b'], count: 5, share: 2.5, vip: true, due: '2026-03-18', name: 'Yunxiu 云岫', none: null, blank: '', empty: [] }
const test = (field: string, op: TestOp, value: unknown): ConditionTree => ({ field, op, value })

describe('a condition over one record', () => {
  it.each<[string, TestOp, unknown, boolean]>([
    ['stage', 'eq', 'deal', true],
    ['stage', 'eq', 'lost', false],
    ['stage', 'ne', 'lost', true],
    ['stage', 'in', ['lost', 'deal'], true],
    ['stage', 'nin', ['lost', 'deal'], false],
    ['tags', 'in', ['b'], true],
    ['tags', 'eq', 'a', true],
    ['tags', 'nin', ['c'], true],
    ['count', 'gt', 5, false],
    ['count', 'gte', 5, true],
    ['share', 'lt', 3, true],
    ['share', 'lte', 2.4, false],
    ['due', 'lt', '2026-04-01', true],
    ['due', 'gte', '2026-03-19', false],
    ['vip', 'eq', true, true],
    ['vip', 'eq', false, false],
    ['name', 'contains', 'yunXIU', true],
    ['name', 'contains', '海岚', false],
  ])('%s %s %j is %s', (field, op, value, wanted) => {
    expect(holds(test(field, op, value), facts)).toBe(wanted)
  })

  it.each(['none', 'blank', 'empty', 'unheard_of'])('takes %s for empty: equal to nothing, different from everything', (field) => {
    expect(holds(test(field, 'empty', true), facts)).toBe(true)
    expect(holds(test(field, 'empty', false), facts)).toBe(false)
    expect(holds(test(field, 'eq', 'x'), facts)).toBe(false)
    expect(holds(test(field, 'ne', 'x'), facts)).toBe(true)
    expect(holds(test(field, 'nin', ['x']), facts)).toBe(true)
    expect(holds(test(field, 'lt', 9), facts)).toBe(false)
  })

  it('joins with and, or; an empty group asks for nothing', () => {
    const [yes, no] = [test('stage', 'eq', 'deal'), test('stage', 'eq', 'lost')]
    expect([holds({ and: [yes, no] }, facts), holds({ or: [yes, no] }, facts), holds({ and: [] }, facts), holds({ or: [] }, facts)]).toEqual([false, true, true, true])
    expect(holds({ and: [yes, { or: [no, { and: [yes] }] }] }, facts)).toBe(true)
  })

  it('means equal where it does not say how to compare', () => {
    expect(holds({ field: 'stage', value: 'deal' }, facts)).toBe(true)
  })

  it('is dropped as a whole when it speaks of a field that is gone', () => {
    const tree = { and: [test('stage', 'eq', 'deal'), { or: [test('gone', 'eq', 1)] }] }
    expect(keptCondition(tree, new Set(['stage']))).toBeNull()
    expect(keptCondition(tree, new Set(['stage', 'gone']))).toEqual(tree)
    expect([keptCondition(null, new Set()), keptCondition({ field: 7 }, new Set())]).toEqual([null, null])
  })

  it('is whole once every test has its field and value', () => {
    expect([isWhole({ and: [test('a', 'eq', false)] }), isWhole({ and: [test('', 'eq', 'x')] }), isWhole({ or: [test('a', 'in', [])] }), isWhole(test('a', 'eq', 0))]).toEqual([true, false, false, true])
  })
})
