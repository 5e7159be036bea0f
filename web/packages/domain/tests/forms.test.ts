import { describe, expect, it } from 'vitest'
import { computeFormula, daysOf, formState, rowValues, sumOf, wireEntry, type FormField } from '../src'

const number = (expression: string, values: Record<string, number | string | boolean | null> = {}): unknown => computeFormula({ expression, result: 'number' }, values)
const when = (field: string, value: unknown): FormField['visible'] => ({ and: [{ field, op: 'eq', value }] })

describe('formulas', () => {
  it('reckons as people write', () => {
    expect(number('1 + 2 * 3 - 4 / 2')).toBe(5)
    expect(number('-(2 + 3) * 2')).toBe(-10)
    expect(number('round({f_a} / 3, 1)', { f_a: 10 })).toBe(3.3)
    expect(number('if({f_a} > 3 , 1, 2)', { f_a: 4 })).toBe(1)
    expect(number('max(1, {f_a}, 3)', { f_a: 7 })).toBe(7)
    expect(number('{f_to} - {f_from}', { f_from: '2026-02-27', f_to: '2026-03-01' })).toBe(2)
    expect(computeFormula({ expression: '{f_from} + 3', result: 'date' }, { f_from: '2026-02-27' })).toBe('2026-03-02')
    expect(computeFormula({ expression: '"第 " & 3 & " 天"', result: 'text' }, {})).toBe('第 3 天')
  })

  it('comes to nothing where something is missing or cannot be read', () => {
    expect(number('{f_a} + 1', { f_a: null })).toBeNull()
    expect(number('1 / 0')).toBeNull()
    expect(number('1 +')).toBeNull()
    expect(number('alert(1)')).toBeNull()
  })
})

const LEAVE: FormField[] = [
  { key: 'f_type', kind: 'choice', label: '类型', settings: { options: [{ value: 'sick', label: '病假' }] } },
  { key: 'f_span', kind: 'date_range', label: '时间' },
  { key: 'f_proof', kind: 'text', label: '证明', visible: when('f_type', 'sick') },
  { key: 'f_more', kind: 'text', label: '说明', visible: when('f_proof', 'yes') },
  { key: 'f_left', kind: 'formula', label: '剩余', settings: { expression: '10 - {f_span_days}', result: 'number' } },
]

describe('a form being filled in', () => {
  it('shows what its conditions say, and what is hidden answers nothing', () => {
    const span = { from: '2026-03-02', to: '2026-03-04' }
    const shown = (drafts: Parameters<typeof formState>[1]): string[] => formState(LEAVE, drafts).visible.map(({ key }) => key)
    expect(shown({ f_type: 'sick', f_span: span, f_proof: 'yes' })).toEqual(['f_type', 'f_span', 'f_proof', 'f_more', 'f_left'])
    expect(shown({ f_type: 'annual', f_proof: 'yes' })).toEqual(['f_type', 'f_span', 'f_left'])
    expect(formState(LEAVE, { f_span: span }).computed).toEqual({ f_left: 7 })
  })

  it('counts both days of a span', () => {
    expect(daysOf({ from: '2026-03-02', to: '2026-03-02' })).toBe(1)
    expect(daysOf({ from: '2026-03-02', to: '2026-03-01' })).toBeNull()
    expect(daysOf({ from: '', to: '' })).toBeNull()
    expect(wireEntry({ key: 'f_span', kind: 'date_range', label: '时间' }, { from: '', to: '' })).toBeNull()
  })

  it('sums tables, with what their formulas come to', () => {
    const columns = [{ key: 'c_price', kind: 'money' as const, label: '单价' }, { key: 'c_count', kind: 'number' as const, label: '数量' }, { key: 'c_total', kind: 'formula' as const, label: '金额', summed: true, settings: { expression: '{c_price} * {c_count}', result: 'number' as const } }]
    const row = { c_price: { amount: 1250, currency: 'CNY' }, c_count: '4' }
    expect(rowValues(columns, row).c_total).toBe(50)
    const form: FormField[] = [{ key: 'f_items', kind: 'table', label: '明细', columns }, { key: 'f_all', kind: 'formula', label: '合计', settings: { expression: '{f_items_c_total} * 2', result: 'number' } }]
    expect(formState(form, { f_items: [row, {}] }).computed).toEqual({ f_all: 100 })
    expect(sumOf([0.1, 0.2, { amount: 5 }])).toBe(5.3)
  })
})
