import type { Locale } from './dates'

export const EVERY = ['day', 'week', 'month', 'year'] as const
export const WEEKDAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const
export const REMINDER_UNITS = ['minutes', 'hours', 'days'] as const

export type Every = (typeof EVERY)[number]
export type Weekday = (typeof WEEKDAYS)[number]

/** On which days something comes back. */
export interface Repeat {
  every: Every
  interval: number
  weekdays: Weekday[]
  day: number | null
  month: number | null
  until: string | null
  count: number | null
}

/** How long before it is due one hears of something. */
export interface Reminder {
  amount: number
  unit: (typeof REMINDER_UNITS)[number]
}

/** The largest interval that is taken, by what is counted. */
export const LONGEST_INTERVAL: Record<Every, number> = { day: 365, week: 52, month: 36, year: 10 }
/** The reminders that are a press away. */
export const USUAL_REMINDERS: readonly Reminder[] = [
  { amount: 0, unit: 'minutes' },
  { amount: 10, unit: 'minutes' },
  { amount: 30, unit: 'minutes' },
  { amount: 1, unit: 'hours' },
  { amount: 2, unit: 'hours' },
  { amount: 1, unit: 'days' },
  { amount: 2, unit: 'days' },
  { amount: 7, unit: 'days' },
]

const ALWAYS_THERE = 28
const LEAP_YEAR = 2000
const ZH_DAYS = ['一', '二', '三', '四', '五', '六', '日']
const EN_DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const EN_MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const WORKING_DAYS = 'mo,tu,we,th,fr'

/** The repeat that a day (`2026-03-18`) suggests: on the same weekday, day of the month, or day of the year. */
export function repeatFrom(every: Every, day: string): Repeat {
  const date = new Date(`${day}T00:00:00Z`)
  const weekday = WEEKDAYS[(date.getUTCDay() + 6) % 7] as Weekday
  return {
    every,
    interval: 1,
    weekdays: every === 'week' ? [weekday] : [],
    day: every === 'month' || every === 'year' ? date.getUTCDate() : null,
    month: every === 'year' ? date.getUTCMonth() + 1 : null,
    until: null,
    count: null,
  }
}

/** How many days a month may have; February in a leap year. */
export function longestOf(month: number): number {
  return new Date(Date.UTC(LEAP_YEAR, month, 0)).getUTCDate()
}

/** A repeat as people say it: 每月 31 日（无 31 日的月份为最后一天）. */
export function repeatText(repeat: Repeat, locale: Locale): string {
  return locale === 'en' ? englishRepeat(repeat) : chineseRepeat(repeat)
}

function chineseRepeat(repeat: Repeat): string {
  return `${chineseDays(repeat)}${chineseEnd(repeat)}`
}

function chineseDays({ every, interval, weekdays, day, month }: Repeat): string {
  const n = interval > 1 ? ` ${interval} ` : ''
  const named = weekdays.map((weekday) => ZH_DAYS[WEEKDAYS.indexOf(weekday)]).join('、')
  switch (every) {
    case 'day':
      return `每${n}天`
    case 'week':
      if (interval === 1 && weekdays.join() === WORKING_DAYS) return '每周一至周五'
      return interval > 1 ? `每${n}周的周${named}` : `每周${named}`
    case 'month':
      return `每${interval > 1 ? `${n}个` : ''}月${interval > 1 ? '的' : ''} ${day} 日${(day ?? 0) > ALWAYS_THERE ? `（无 ${day} 日的月份为最后一天）` : ''}`
    case 'year':
      return `每${n}年${interval > 1 ? '的' : ''} ${month} 月 ${day} 日${month === 2 && day === 29 ? '（平年为 2 月 28 日）' : ''}`
  }
}

function chineseEnd({ until, count }: Repeat): string {
  if (count) return `，共 ${count} 次`
  if (!until) return ''
  const [year, month, day] = until.split('-').map(Number)
  return `，到 ${year} 年 ${month} 月 ${day} 日为止`
}

function englishRepeat(repeat: Repeat): string {
  return `${englishDays(repeat)}${englishEnd(repeat)}`
}

function englishDays({ every, interval, weekdays, day, month }: Repeat): string {
  const each = interval > 1 ? `Every ${interval} ${every}s` : `Every ${every}`
  switch (every) {
    case 'day':
      return each
    case 'week':
      return `${each} on ${interval === 1 && weekdays.join() === WORKING_DAYS ? 'working days' : enumerated(weekdays.map((weekday) => EN_DAYS[WEEKDAYS.indexOf(weekday)] as string))}`
    case 'month':
      return `${each} on day ${day}${(day ?? 0) > ALWAYS_THERE ? ' (the last day of shorter months)' : ''}`
    case 'year':
      return `${each} on ${day} ${EN_MONTHS[(month ?? 1) - 1]}${month === 2 && day === 29 ? ' (28 February in common years)' : ''}`
  }
}

function enumerated(words: string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '')
}

function englishEnd({ until, count }: Repeat): string {
  if (count) return `, ${count} times in all`
  if (!until) return ''
  const [year, month, day] = until.split('-').map(Number)
  return `, until ${day} ${EN_MONTHS[(month ?? 1) - 1]} ${year}`
}

/** A repeat out of its rule as RFC 5545 writes it, or null when it is none of ours. */
export function repeatOfRule(rule: string): Repeat | null {
  const parts = Object.fromEntries(rule.split(';').map((part) => part.split('=', 2))) as Record<string, string | undefined>
  const every = ({ DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const)[parts.FREQ ?? '']
  if (!every) return null
  const month = parts.BYMONTH ? Number(parts.BYMONTH) : null
  const last = Number(parts.BYMONTHDAY?.split(',').at(-1))
  const until = parts.UNTIL
  return {
    every,
    interval: Number(parts.INTERVAL ?? 1),
    weekdays: (parts.BYDAY?.toLowerCase().split(',') ?? []) as Weekday[],
    day: parts.BYMONTHDAY ? (last === -1 ? (month === 2 ? 29 : 31) : last) : null,
    month,
    until: until ? `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}` : null,
    count: parts.COUNT ? Number(parts.COUNT) : null,
  }
}

const ZH_UNITS = { minutes: '分钟', hours: '小时', days: '天' }

/** A reminder as people say it: 到期时, 提前 30 分钟. */
export function reminderText({ amount, unit }: Reminder, locale: Locale): string {
  if (locale === 'en') return amount === 0 ? 'When it is due' : `${amount} ${amount === 1 ? unit.slice(0, -1) : unit} before`
  return amount === 0 ? '到期时' : `提前 ${amount} ${ZH_UNITS[unit]}`
}

/** True when two reminders are for the same moment. */
export function sameReminder(one: Reminder, other: Reminder): boolean {
  return one.amount === other.amount && (one.unit === other.unit || one.amount === 0)
}
