export type Locale = 'zh-CN' | 'en'

/**
 * How a moment is told: `friendly` as in lists, `moment` always with its hour, `day` without one, `clock` the hour alone
 * where the day stands above it, `full` for tooltips.
 */
export type DateStyle = 'friendly' | 'moment' | 'day' | 'clock' | 'full'

export interface DateSetting {
  locale: Locale
  timeZone: string
  now?: Date
}

interface Parts {
  year: number
  month: number
  day: number
  clock: string
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAY_MS = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(timeZone, format)
  }
  return format
}

function partsOf(date: Date, timeZone: string): Parts {
  const found: Record<string, string> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(date)) found[type] = value
  return {
    year: Number(found.year),
    month: Number(found.month),
    day: Number(found.day),
    clock: `${found.hour}:${found.minute}`,
  }
}

function dayNumber({ year, month, day }: Parts): number {
  return Math.round(Date.UTC(year, month - 1, day) / DAY_MS)
}

function dayText(parts: Parts, withYear: boolean, locale: Locale): string {
  if (locale === 'en') return `${parts.day} ${MONTHS[parts.month - 1]}${withYear ? ` ${parts.year}` : ''}`
  return `${withYear ? `${parts.year} 年 ` : ''}${parts.month} 月 ${parts.day} 日`
}

const NEAR: Record<Locale, Record<string, string>> = {
  'zh-CN': { '-1': '昨天', '0': '今天', '1': '明天' },
  en: { '-1': 'Yesterday', '0': 'Today', '1': 'Tomorrow' },
}

/** A moment (ISO 8601, UTC) as people say it: 今天 15:00, 3 月 20 日, 2025 年 9 月 23 日. */
export function dateText(iso: string, style: DateStyle, { locale, timeZone, now = new Date() }: DateSetting): string {
  const parts = partsOf(new Date(iso), timeZone)
  if (style === 'clock') return parts.clock
  if (style === 'full') return `${dayText(parts, true, locale)} ${parts.clock}`
  const today = partsOf(now, timeZone)
  const near = NEAR[locale][String(dayNumber(parts) - dayNumber(today))]
  if (near) return style === 'day' ? near : `${near} ${parts.clock}`
  const day = dayText(parts, parts.year !== today.year, locale)
  return style === 'moment' ? `${day} ${parts.clock}` : day
}

/** A calendar day (2026-03-18) as people say it; what is today is said by the clock of `timeZone`. */
export function calendarDayText(day: string, locale: Locale, timeZone: string, now = new Date()): string {
  const noon = (of: string): string => `${of}T12:00:00Z`
  return dateText(noon(day), 'day', { locale, timeZone: 'UTC', now: new Date(noon(dayIn(now.toISOString(), timeZone))) })
}

/** The start of the day that lies `days` before today, in the given zone, as ISO 8601 UTC. */
export function startOfDayBefore(days: number, timeZone: string, now = new Date()): string {
  const { year, month, day } = partsOf(now, timeZone)
  return startOfDay(new Date(Date.UTC(year, month - 1, day - days)).toISOString().slice(0, 10), timeZone)
}

/** Midnight of a calendar day (`2026-03-18`) in the given zone, as ISO 8601 UTC. */
export function startOfDay(day: string, timeZone: string): string {
  return momentOf(`${day}T00:00`, timeZone)
}

/** What calendar and clock show in a zone at a moment: `2026-03-18T15:00`. */
export function wallTime(iso: string, timeZone: string): string {
  const { year, month, day, clock } = partsOf(new Date(iso), timeZone)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T${clock}`
}

/** The calendar day (`2026-03-18`) of a moment in a zone. */
export function dayIn(iso: string, timeZone: string): string {
  return wallTime(iso, timeZone).slice(0, 10)
}

/** The moment, as ISO 8601 UTC, at which calendar and clock show `2026-03-18T15:00` in the given zone. */
export function momentOf(wall: string, timeZone: string): string {
  const wanted = Date.parse(`${wall.slice(0, 16)}Z`)
  const offsetAt = (moment: number): number => Date.parse(`${wallTime(new Date(moment).toISOString(), timeZone)}Z`) - moment
  // The offset of the first guess may be that of the other side of a change of the clocks.
  const guess = wanted - offsetAt(wanted)
  return new Date(wanted - offsetAt(guess)).toISOString()
}

/** Whole days from now until a moment, never below zero. */
export function daysUntil(iso: string, now = new Date()): number {
  return Math.max(0, Math.ceil((Date.parse(iso) - now.getTime()) / DAY_MS))
}
