import { describe, expect, it } from 'vitest'
import { birthdayText, longestMonth, lunarDayName, lunarMonthName, mirrored, RELATIONSHIP_KINDS } from '../src'

describe('birthdays', () => {
  const solar = { calendar: 'solar', month: 3, day: 12, leap: false, year: null } as const
  const lunar = { calendar: 'lunar', month: 4, day: 8, leap: true, year: null } as const

  it.each([
    [solar, 'zh-CN', '3 月 12 日'],
    [{ ...solar, year: 1985 }, 'zh-CN', '1985 年 3 月 12 日'],
    [{ ...solar, year: 1985 }, 'en', '12 Mar 1985'],
    [lunar, 'zh-CN', '农历闰四月初八'],
    [{ ...lunar, leap: false, month: 12, day: 30, year: 1974 }, 'zh-CN', '农历 1974 年腊月三十'],
    [lunar, 'en', 'Lunar leap month 4, day 8'],
  ] as const)('are told as people say them: %o', (birthday, locale, text) => {
    expect(birthdayText(birthday, locale)).toBe(text)
  })

  it('name the days of a lunar month', () => {
    expect([1, 10, 11, 15, 20, 21, 29, 30].map(lunarDayName)).toEqual(['初一', '初十', '十一', '十五', '二十', '廿一', '廿九', '三十'])
    expect([1, 11, 12].map((month) => lunarMonthName(month))).toEqual(['正月', '冬月', '腊月'])
  })

  it('know how long a month may be', () => {
    expect(longestMonth('solar', 2)).toBe(29)
    expect(longestMonth('solar', 2, 1985)).toBe(28)
    expect(longestMonth('solar', 4)).toBe(30)
    expect(longestMonth('lunar', 1)).toBe(30)
  })
})

describe('relationships', () => {
  it('are mirrored to the other side and back', () => {
    expect(mirrored('superior')).toBe('subordinate')
    expect(mirrored('friend')).toBe('friend')
    for (const kind of RELATIONSHIP_KINDS) expect(mirrored(mirrored(kind))).toBe(kind)
  })
})
