import { describe, expect, it } from 'vitest'
import { byDueDay, dayAhead, isOverdue, momentOf, quickDay, quickDayOf, quickMoment, wallTime } from '../src'

const SHANGHAI = 'Asia/Shanghai'
const NEW_YORK = 'America/New_York'
// Wednesday, 18:00 in Shanghai and 06:00 in New York.
const NOW = new Date('2026-03-18T10:00:00Z')

describe('calendar and clock of a zone', () => {
  it('stand at a moment, and lead back to it', () => {
    expect(wallTime('2026-03-18T16:30:00Z', SHANGHAI)).toBe('2026-03-19T00:30')
    expect(wallTime('2026-03-18T16:30:00Z', NEW_YORK)).toBe('2026-03-18T12:30')
    expect(momentOf('2026-03-19T00:30', SHANGHAI)).toBe('2026-03-18T16:30:00.000Z')
    expect(momentOf('2026-03-18T12:30', NEW_YORK)).toBe('2026-03-18T16:30:00.000Z')
  })

  it.each([
    ['2026-03-08T01:30', '2026-03-08T06:30:00.000Z'],
    ['2026-03-08T03:30', '2026-03-08T07:30:00.000Z'],
    ['2026-11-01T20:00', '2026-11-02T01:00:00.000Z'],
  ])('hold on the day the clocks change: %s', (wall, moment) => {
    expect(momentOf(wall, NEW_YORK)).toBe(moment)
  })
})

describe('quick days', () => {
  it.each([
    ['today', '2026-03-18'],
    ['tomorrow', '2026-03-19'],
    ['after_tomorrow', '2026-03-20'],
    ['next_monday', '2026-03-23'],
    ['in_a_week', '2026-03-25'],
  ] as const)('%s is %s', (choice, day) => {
    expect(quickDay(choice, SHANGHAI, NOW)).toBe(day)
  })

  it('are those of the company, not of the browser', () => {
    const lateInTheEvening = new Date('2026-03-18T17:00:00Z')
    expect(quickDay('tomorrow', SHANGHAI, lateInTheEvening)).toBe('2026-03-20')
    expect(quickDay('tomorrow', NEW_YORK, lateInTheEvening)).toBe('2026-03-19')
    expect(dayAhead(-1, SHANGHAI, new Date('2026-03-01T00:00:00Z'))).toBe('2026-02-28')
  })

  it('take the coming Monday on a Sunday, and the one after on a Monday', () => {
    expect(quickDay('next_monday', SHANGHAI, new Date('2026-03-22T04:00:00Z'))).toBe('2026-03-23')
    expect(quickDay('next_monday', SHANGHAI, new Date('2026-03-23T04:00:00Z'))).toBe('2026-03-30')
  })

  it('are due in the evening, or at the end of a day whose evening has come', () => {
    expect(quickMoment('tomorrow', SHANGHAI, NOW)).toBe('2026-03-19T10:00:00.000Z')
    expect(quickMoment('today', NEW_YORK, NOW)).toBe('2026-03-18T22:00:00.000Z')
    expect(quickMoment('today', SHANGHAI, NOW)).toBe('2026-03-18T15:59:00.000Z')
  })

  it('are recognised in a moment', () => {
    expect(quickDayOf('2026-03-22T16:00:00Z', SHANGHAI, NOW)).toBe('next_monday')
    expect(quickDayOf('2026-03-21T04:00:00Z', SHANGHAI, NOW)).toBeNull()
    expect(quickDayOf('2026-03-23T04:00:00Z', SHANGHAI, new Date('2026-03-22T04:00:00Z'))).toBe('tomorrow')
  })
})

describe('what is due', () => {
  it('is overdue from the day after, not from the hour after', () => {
    expect(isOverdue('2026-03-18T02:00:00Z', SHANGHAI, NOW)).toBe(false)
    expect(isOverdue('2026-03-17T15:59:00Z', SHANGHAI, NOW)).toBe(true)
    expect(isOverdue('2026-03-17T16:00:00Z', SHANGHAI, NOW)).toBe(false)
  })

  it('is told day by day', () => {
    const due = ['2026-03-18T16:30:00Z', '2026-03-19T10:00:00Z', '2026-03-23T10:00:00Z'].map((due_at) => ({ due_at }))
    expect(byDueDay(due, 'zh-CN', SHANGHAI, NOW)).toEqual([
      { day: '2026-03-19', label: '明天', items: due.slice(0, 2) },
      { day: '2026-03-23', label: '3 月 23 日', items: due.slice(2) },
    ])
    expect(byDueDay([], 'zh-CN', SHANGHAI, NOW)).toEqual([])
  })
})
