import { dateText, momentOf, wallTime, type Locale } from './dates'

export const ACTIVITY_KINDS = ['call', 'visit', 'meeting', 'mail', 'note'] as const
export const PRIORITIES = ['high', 'normal', 'low'] as const
/** The days that are a press away when something is to be done. */
export const QUICK_DAYS = ['today', 'tomorrow', 'after_tomorrow', 'next_monday', 'in_a_week'] as const

export type ActivityKind = (typeof ACTIVITY_KINDS)[number]
export type Priority = (typeof PRIORITIES)[number]
export type QuickDay = (typeof QUICK_DAYS)[number]

/** By when something is done that is due on a day: the end of the working day, or of the day itself when that is over. */
const EVENING = '18:00'
const LAST_MINUTE = '23:59'

/** The calendar day (`2026-03-18`) in a zone, `days` after today. */
export function dayAhead(days: number, timeZone: string, now = new Date()): string {
  const midnight = Date.parse(`${wallTime(now.toISOString(), timeZone).slice(0, 10)}T00:00Z`)
  return new Date(midnight + days * 86_400_000).toISOString().slice(0, 10)
}

/** The calendar day that a quick choice means in a zone; next Monday is never today. */
export function quickDay(choice: QuickDay, timeZone: string, now = new Date()): string {
  const weekday = new Date(`${dayAhead(0, timeZone, now)}T00:00Z`).getUTCDay()
  const days: Record<QuickDay, number> = { today: 0, tomorrow: 1, after_tomorrow: 2, next_monday: (8 - weekday) % 7 || 7, in_a_week: 7 }
  return dayAhead(days[choice], timeZone, now)
}

/** The moment (ISO 8601, UTC) at which something is due that is due on a quickly chosen day. */
export function quickMoment(choice: QuickDay, timeZone: string, now = new Date()): string {
  const day = quickDay(choice, timeZone, now)
  const evening = momentOf(`${day}T${EVENING}`, timeZone)
  return Date.parse(evening) > now.getTime() ? evening : momentOf(`${day}T${LAST_MINUTE}`, timeZone)
}

/** The first quick choice whose day a moment lies on, or null. */
export function quickDayOf(iso: string, timeZone: string, now = new Date()): QuickDay | null {
  const day = wallTime(iso, timeZone).slice(0, 10)
  return QUICK_DAYS.find((choice) => quickDay(choice, timeZone, now) === day) ?? null
}

/** True when something was due before today, by the zone's own calendar. */
export function isOverdue(dueAt: string, timeZone: string, now = new Date()): boolean {
  return wallTime(dueAt, timeZone).slice(0, 10) < dayAhead(0, timeZone, now)
}

/** Things by the day they are due on, in the order they came in; each day as people say it. */
export function byDueDay<T extends { due_at: string }>(items: readonly T[], locale: Locale, timeZone: string, now = new Date()): { day: string; label: string; items: T[] }[] {
  const days = new Map<string, { day: string; label: string; items: T[] }>()
  for (const item of items) {
    const day = wallTime(item.due_at, timeZone).slice(0, 10)
    const group = days.get(day) ?? { day, label: dateText(item.due_at, 'day', { locale, timeZone, now }), items: [] }
    group.items.push(item)
    days.set(day, group)
  }
  return [...days.values()]
}
