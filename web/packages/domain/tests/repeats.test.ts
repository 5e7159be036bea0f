import { describe, expect, it } from 'vitest'
import { reminderText, repeatFrom, repeatOfRule, repeatText, type Repeat } from '../src'

const plain: Repeat = { every: 'day', interval: 1, weekdays: [], day: null, month: null, until: null, count: null }

describe('a repeat in words', () => {
  it.each<[Partial<Repeat>, string, string]>([
    [{}, '每天', 'Every day'],
    [{ interval: 3, count: 5 }, '每 3 天，共 5 次', 'Every 3 days, 5 times in all'],
    [{ every: 'week', weekdays: ['mo', 'we'] }, '每周一、三', 'Every week on Monday and Wednesday'],
    [{ every: 'week', weekdays: ['mo', 'tu', 'we', 'th', 'fr'] }, '每周一至周五', 'Every week on working days'],
    [{ every: 'week', interval: 2, weekdays: ['su'], until: '2027-03-01' }, '每 2 周的周日，到 2027 年 3 月 1 日为止', 'Every 2 weeks on Sunday, until 1 March 2027'],
    [{ every: 'month', day: 15 }, '每月 15 日', 'Every month on day 15'],
    [{ every: 'month', day: 31 }, '每月 31 日（无 31 日的月份为最后一天）', 'Every month on day 31 (the last day of shorter months)'],
    [{ every: 'month', interval: 3, day: 1 }, '每 3 个月的 1 日', 'Every 3 months on day 1'],
    [{ every: 'year', month: 2, day: 29 }, '每年 2 月 29 日（平年为 2 月 28 日）', 'Every year on 29 February (28 February in common years)'],
  ])('%o', (facts, zh, en) => {
    const repeat = { ...plain, ...facts }
    expect([repeatText(repeat, 'zh-CN'), repeatText(repeat, 'en')]).toEqual([zh, en])
  })

  it('begins as its first day suggests', () => {
    expect(repeatFrom('week', '2026-03-22').weekdays).toEqual(['su'])
    expect(repeatFrom('month', '2026-03-31')).toMatchObject({ day: 31, month: null })
    expect(repeatFrom('year', '2026-03-31')).toMatchObject({ day: 31, month: 3 })
  })

  it('is read out of its rule, as the trail tells it', () => {
    const said = (rule: string): string | null => {
      const repeat = repeatOfRule(rule)
      return repeat && repeatText(repeat, 'zh-CN')
    }
    expect(said('FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=MO,FR;UNTIL=20261231')).toBe('每 2 周的周一、五，到 2026 年 12 月 31 日为止')
    expect(said('FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=28,29,30;BYSETPOS=-1;COUNT=3')).toBe('每月 30 日（无 30 日的月份为最后一天），共 3 次')
    expect(said('FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1')).toBe('每月 31 日（无 31 日的月份为最后一天）')
    expect(said('FREQ=YEARLY;INTERVAL=1;BYMONTH=2;BYMONTHDAY=-1')).toBe('每年 2 月 29 日（平年为 2 月 28 日）')
    expect(said('FREQ=HOURLY')).toBeNull()
  })
})

describe('a reminder in words', () => {
  it('says how long before', () => {
    expect(reminderText({ amount: 0, unit: 'minutes' }, 'zh-CN')).toBe('到期时')
    expect(reminderText({ amount: 30, unit: 'minutes' }, 'zh-CN')).toBe('提前 30 分钟')
    expect(reminderText({ amount: 1, unit: 'days' }, 'en')).toBe('1 day before')
  })
})
