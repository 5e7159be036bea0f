import { describe, expect, it } from 'vitest'
import { factText } from '@/pages/approvals/facts'
import { leftText } from '@/pages/budgets/listing'
import { monthRows } from '@/pages/budgets/months'

const money = (amount: number) => ({ amount, currency: 'CNY' as const })

describe('budgets', () => {
  it('tells every month of their days, with what was gone by then', () => {
    const rows = monthRows({ first_day: '2026-11-15', last_day: '2027-01-31' }, [{ month: '2026-11', used: 100, reserved: 0 }, { month: '2027-01', used: 50, reserved: 7 }])
    expect(rows).toEqual([
      { month: '2026-11', used: 100, reserved: 0, usedSoFar: 100, reservedSoFar: 0 },
      { month: '2026-12', used: 0, reserved: 0, usedSoFar: 100, reservedSoFar: 0 },
      { month: '2027-01', used: 50, reserved: 7, usedSoFar: 150, reservedSoFar: 7 },
    ])
  })
  it('say what is left, or by how much they are exceeded', () => {
    expect(leftText({ left: money(2_000), over: false })).toBe('剩 ¥20.00')
    expect(leftText({ left: money(-2_000), over: true })).toBe('超 ¥20.00')
  })
  it('are named to those who decide, with what is above them', () => {
    const above = [{ budget: '华东季度费用', left: money(1_000), over: money(2_000) }, { budget: '公司季度费用', left: money(0), over: money(3_000) }]
    expect(factText('expense-claim', 'above_budget', above)).toBe('华东季度费用（超 ¥20.00）、公司季度费用（超 ¥30.00）')
  })
})
