import { describe, expect, it } from 'vitest'
import { changeText, csvOf, daysOf, daysOfMonth, rowsOf, seriesOf, shareText } from '@/pages/expenses/statistics'

const group = (name: string, amount: number, before = 0) => ({ of: { id: name, name }, hidden: false, amount, lines: 1, before })

describe('statistics of expenses', () => {
  it('knows the days that a word means', () => {
    expect(daysOf('month', '2026-02-18')).toEqual({ first: '2026-02-01', last: '2026-02-28' })
    expect(daysOf('quarter', '2026-11-22')).toEqual({ first: '2026-10-01', last: '2026-12-31' })
    expect(daysOf('year', '2026-11-22')).toEqual({ first: '2026-01-01', last: '2026-12-31' })
    expect(daysOf('last-year', '2026-11-22')).toEqual({ first: '2025-01-01', last: '2025-12-31' })
    expect(daysOf('own', '2026-11-22')).toBeNull()
    expect(daysOfMonth('2024-02')).toEqual({ first: '2024-02-01', last: '2024-02-29' })
  })

  it('tells shares and changes, and says where there was nothing before', () => {
    expect(shareText(1, 3)).toBe('33.3%')
    expect(shareText(0, 0)).toBe('—')
    expect(changeText(150, 100)).toBe('+50.0%')
    expect(changeText(50, 100)).toBe('−50.0%')
    expect(changeText(5, 0)).toBe('上期没有')
    expect(changeText(0, 0)).toBe('—')
  })

  it('lists what has no name, what is hidden and what is left over, none of which can be chosen', () => {
    const rows = rowsOf({ items: [group('甲', 5), { of: null, hidden: false, amount: 3, lines: 1, before: 0 }, { of: null, hidden: true, amount: 2, lines: 2, before: 0 }], rest: { amount: 1, lines: 1, before: 0 } }, '没有', '看不到')
    expect(rows.map(({ name, id }) => [name, id])).toEqual([['甲', '甲'], ['没有', undefined], ['看不到', undefined], ['其余', undefined]])
  })

  it('stacks the five dearest kinds and all others', () => {
    const names = ['一', '二', '三', '四', '五', '六']
    const kinds = names.map((name, place) => group(name, 60 - place))
    const month = { month: '2026-03', amount: 345, lines: 6, before: 0, kinds: kinds.map(({ of, amount }) => ({ of, amount })) }
    const series = seriesOf({ months: [month], kinds: { items: kinds, rest: null } } as never)
    expect(series.map(({ name, values }) => [name, ...values])).toEqual([['一', 60], ['二', 59], ['三', 58], ['四', 57], ['五', 56], ['其余', 55]])
  })

  it('writes a table that a spreadsheet reads and in which no name is a formula', () => {
    const text = csvOf('客户', [{ name: '=1+1', amount: 12_345, lines: 2, before: 0 }, { name: '"甲"', amount: 0, lines: 0, before: 100 }], 'CNY', 12_345)
    expect(text.startsWith('\uFEFF"客户","金额 (CNY)"')).toBe(true)
    expect(text.split('\r\n').slice(1, 3)).toEqual(['"\'=1+1",123.45,2,100.0%,0.00', '"""甲""",0.00,0,0.0%,1.00'])
    expect(csvOf('客户', [{ name: '甲', amount: 500, lines: 1, before: 0 }], 'JPY', 500)).toContain('"甲",500,1')
  })
})
