import type { Approval, Ref } from '@guanxi/client'
import type { Tone } from '@guanxi/domain'
import { t, tEnum, type MessageKey } from '@/i18n'

export const APPROVAL_STATES = ['running', 'returned', 'granted', 'rejected', 'withdrawn'] as const
export const STATE_TONES: Record<(typeof APPROVAL_STATES)[number], Tone> = { running: 'info', returned: 'warn', granted: 'ok', rejected: 'bad', withdrawn: 'gray' }

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A stretch of time as one says it, by the largest unit that fits. */
export function spanText(ms: number): string {
  if (ms >= 2 * DAY) return t('approvals.span.days', { n: Math.floor(ms / DAY) })
  if (ms >= HOUR) return t('approvals.span.hours', { n: Math.floor(ms / HOUR) })
  return t('approvals.span.minutes', { n: Math.max(1, Math.floor(ms / MINUTE)) })
}

/** Whether something has taken too long: until a new time is set, once it was late it stays so. */
export function isLate({ due_at: due, overdue }: { due_at?: string | null; overdue?: boolean }, now = Date.now()): boolean {
  return due ? Date.parse(due) < now : Boolean(overdue)
}

type LogLine = Approval['log'][number]

/** Whoever did something, and in whose place. */
function doer({ by, stands_for: instead }: Pick<LogLine, 'by' | 'stands_for'>): string {
  if (!by) return t('approvals.nobody')
  return instead ? t('approvals.insteadOf', { by: by.name, name: instead.name }) : by.name
}

const names = (people: readonly Ref[]): string => people.map(({ name }) => name).join(t('list.and'))

/** Actions that nobody does in person have other words. */
const BY_ITSELF = new Set(['approved', 'rejected', 'copied', 'sent-back'])

/** A line of the history as a sentence. */
export function logText(line: LogLine): string {
  const word = !line.by && BY_ITSELF.has(line.action) ? `${line.action}-by-itself` : line.action
  const key = `approvals.log.${word}` as MessageKey
  const to = line.back_to ?? t('approvals.theSubmitter')
  const said = t(key, { by: doer(line), step: line.step ?? '', people: names(line.people), to })
  return line.why ? `${said}${t('approvals.because', { why: tEnum('approvals.why', line.why) })}` : said
}
