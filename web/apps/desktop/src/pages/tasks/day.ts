import type { MyDay } from '@guanxi/client'
import type { Locale } from '@guanxi/domain'

/** A calendar day with its weekday: 3 月 18 日 星期三. */
export function dayText(day: string, locale: Locale): string {
  const date = new Date(`${day}T00:00:00Z`)
  const weekday = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'long' }).format(date)
  if (locale === 'en') return `${weekday}, ${new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long' }).format(date)}`
  return `${date.getUTCMonth() + 1} 月 ${date.getUTCDate()} 日 ${weekday}`
}

/** The day without a task, e.g. once it is ticked off. */
export function withoutTask(day: MyDay, id: string): MyDay {
  const others = (tasks: MyDay['today']): MyDay['today'] => tasks.filter((task) => task.id !== id)
  return { ...day, overdue: others(day.overdue), today: others(day.today), coming: others(day.coming) }
}
