import type { Locale } from './dates'

/** A day of the year by one of two calendars; the year of birth only if it is known. */
export interface Birthday {
  calendar: 'solar' | 'lunar'
  month: number
  day: number
  leap: boolean
  year: number | null
}

/** The first year that lunar reckoning reaches back to. */
export const FIRST_BIRTH_YEAR = 1900

const MONTHS = '正月 二月 三月 四月 五月 六月 七月 八月 九月 十月 冬月 腊月'.split(' ')
const ENGLISH = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const DIGITS = '十一二三四五六七八九'
const ANY_LEAP_YEAR = 2000

/** The name of a lunar month: 正月, 冬月; 闰四月 for a leap one. */
export function lunarMonthName(month: number, leap = false): string {
  return `${leap ? '闰' : ''}${MONTHS[month - 1] ?? ''}`
}

/** The name of a day in a lunar month: 初一, 十五, 廿九, 三十. */
export function lunarDayName(day: number): string {
  const ones = DIGITS[day % 10] ?? ''
  if (day <= 10) return `初${ones}`
  if (day < 20) return `十${ones}`
  if (day === 20) return '二十'
  return day < 30 ? `廿${ones}` : '三十'
}

/** How many days the month may have; 29 February counts while the year is unknown. */
export function longestMonth(calendar: Birthday['calendar'], month: number, year: number | null = null): number {
  if (calendar === 'lunar') return 30
  return new Date(Date.UTC(year ?? ANY_LEAP_YEAR, month, 0)).getUTCDate()
}

/** A day of the year, `03-08`, as its month and day; of one that is half chosen only what is. */
export function yearDayParts(day: string | null | undefined): { month: number | null; day: number | null } {
  const [month = '', ofMonth = ''] = (day ?? '').split('-')
  return { month: Number(month) || null, day: Number(ofMonth) || null }
}

/** The text of a day of the year, `03-08`; nothing of neither part. */
export function yearDayOf(month: number | null, day: number | null): string {
  const digits = (part: number | null): string => (part === null ? '' : String(part).padStart(2, '0'))
  return month === null && day === null ? '' : `${digits(month)}-${digits(day)}`
}

/** Whether a day of the year says both its month and its day. */
export const isYearDay = (day: string): boolean => /^\d{2}-\d{2}$/.test(day)

/** A day of the year as people say it: 3 月 8 日. */
export function yearDayText(told: string | null | undefined, locale: Locale): string {
  const { month, day } = yearDayParts(told)
  return month === null || day === null ? '' : birthdayText({ calendar: 'solar', month, day, leap: false, year: null }, locale)
}

/** A birthday as people say it: 3 月 12 日, 1985 年 3 月 12 日, 农历闰四月初八. */
export function birthdayText(birthday: Birthday, locale: Locale): string {
  const { calendar, month, day, leap, year } = birthday
  if (locale === 'en') {
    if (calendar === 'solar') return `${day} ${ENGLISH[month - 1]}${year ? ` ${year}` : ''}`
    return `Lunar ${leap ? 'leap ' : ''}month ${month}, day ${day}${year ? `, ${year}` : ''}`
  }
  if (calendar === 'solar') return `${year ? `${year} 年 ` : ''}${month} 月 ${day} 日`
  return `农历${year ? ` ${year} 年` : ''}${lunarMonthName(month, leap)}${lunarDayName(day)}`
}
