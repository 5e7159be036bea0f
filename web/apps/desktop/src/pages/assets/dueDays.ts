import { dayIn, type Tone } from '@guanxi/domain'
import { t } from '@/i18n'
import { useSession } from '@/stores/session'

export type DueKind = 'warranty' | 'maintenance' | 'contract'
/** How many days before something ends it is worth a look. */
export const SOON = 30
const DAY = 86_400_000

/** The day it is where the company is. */
export const today = (): string => dayIn(new Date().toISOString(), useSession().timeZone)
/** The day that lies so many days after today. */
export const dayAhead = (days: number): string => new Date(Date.parse(today()) + days * DAY).toISOString().slice(0, 10)
/** How many days are left until a day; below zero once it has passed. */
export const daysLeft = (day: string): number => Math.round((Date.parse(day) - Date.parse(today())) / DAY)

/** How near a day is, as one says it of a warranty, a maintenance or a contract. */
export function dueText(kind: DueKind, day: string): string {
  const left = daysLeft(day)
  if (left === 0) return t(kind === 'maintenance' ? 'assets.dueToday' : 'assets.endsToday')
  if (left > 0) return t(kind === 'maintenance' ? 'assets.dueIn' : 'assets.daysLeft', { n: left })
  if (kind === 'warranty') return t('assets.outOfWarranty')
  return t(kind === 'maintenance' ? 'assets.overdueBy' : 'assets.ended', { n: -left })
}

/** How loud that is said. */
export function dueTone(kind: DueKind, day: string): Tone {
  const left = daysLeft(day)
  if (left < 0) return kind === 'maintenance' ? 'bad' : 'gray'
  return left <= SOON ? 'warn' : 'ok'
}
