import { describe, expect, it } from 'vitest'
import { daysOf, leftText, percentOf, rowsOf, toneOf, usageCsv } from '@/pages/usage/usage'

const texts = (since: string, messages: number, segments: number, cost: number, unpriced = 0) => ({ since, channel: 'sms' as const, messages, segments, cost, unpriced })
const mails = (since: string, messages: number) => ({ since, channel: 'mail' as const, messages, segments: messages, cost: 0, unpriced: 0 })

describe('what was sent', () => {
  it('stands in one row for each day, texts beside mails, the earliest first', () => {
    expect(rowsOf([mails('2026-11-02', 7), texts('2026-11-02', 3, 5, 23, 1), texts('2026-11-01', 1, 1, 5)])).toEqual([
      { since: '2026-11-01', texts: 1, segments: 1, mails: 0, cost: 5, unpriced: 0 },
      { since: '2026-11-02', texts: 3, segments: 5, mails: 7, cost: 23, unpriced: 1 },
    ])
  })

  it('has a place for days on which nothing was sent', () => {
    const days = daysOf('2028-02-01', [mails('2028-02-29', 2)])
    expect(days).toHaveLength(29)
    expect(days[0]).toEqual({ since: '2028-02-01', texts: 0, segments: 0, mails: 0, cost: 0, unpriced: 0 })
    expect(days[28]?.mails).toBe(2)
  })

  it('is a table with money in whole and hundredths', () => {
    expect(usageCsv('月份', [{ since: '2026-11', texts: 3, segments: 5, mails: 7, cost: 1203, unpriced: 0 }])).toBe('\uFEFF"月份","短信","计费条数","短信费用","邮件"\r\n"2026-11",3,5,12.03,7\r\n')
  })
})

describe('a limit', () => {
  const standing = (used: number, limit: number) => ({ channel: 'sms', used, limit, granted: null, own: limit })

  it('warns from 80 % on, and is full only when nothing is left', () => {
    expect([0, 79, 80, 99, 100, 140].map((used) => [percentOf(standing(used, 100)), toneOf(standing(used, 100))])).toEqual([
      [0, 'ok'], [79, 'ok'], [80, 'warn'], [99, 'warn'], [100, 'bad'], [100, 'bad'],
    ])
    expect(percentOf(standing(1999, 2000))).toBe(99)
    expect(percentOf(standing(0, 0))).toBe(100)
  })

  it('says what is left, and what becomes of the rest', () => {
    expect(leftText(standing(1500, 2000) as never)).toBe('本月短信上限 2,000 条，还可以发 500 条')
    expect(leftText(standing(2001, 2000) as never)).toContain('已用完')
  })
})
