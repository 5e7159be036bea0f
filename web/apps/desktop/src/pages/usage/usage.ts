import type { LimitStanding, MessagesSent } from '@guanxi/client'
import { minorDigits } from '@guanxi/domain'
import { t, tEnum } from '@/i18n'
import { csvText } from '@/saveFile'

/** What is counted and limited. */
export const CHANNELS = ['sms', 'mail'] as const
export type Channel = (typeof CHANNELS)[number]
const NEAR = 80
const WHOLE = 100
const DIGITS = minorDigits('CNY')
const FEN = 10 ** DIGITS

/** One day or month of the table: texts and mails side by side. */
export interface UsageRow {
  since: string
  texts: number
  segments: number
  mails: number
  cost: number
  unpriced: number
}

/** Counts as people read them. */
export const countText = (count: number): string => count.toLocaleString('en-US')
export const isoMonth = (day: string): string => day.slice(0, 7)

/** How much of a limit is used, in whole percent, never more than is there to be used. */
export const percentOf = ({ limit, used }: Pick<LimitStanding, 'limit' | 'used'>): number => (limit ? Math.min(WHOLE, Math.floor((used * WHOLE) / limit)) : WHOLE)
export const toneOf = (one: Pick<LimitStanding, 'limit' | 'used'>): 'ok' | 'warn' | 'bad' => (percentOf(one) >= WHOLE ? 'bad' : percentOf(one) >= NEAR ? 'warn' : 'ok')

/** Texts and mails of the same time in one row, the earliest first. */
export function rowsOf(sent: readonly MessagesSent[]): UsageRow[] {
  const rows = new Map<string, UsageRow>()
  for (const one of sent) {
    const row = rows.get(one.since) ?? { since: one.since, texts: 0, segments: 0, mails: 0, cost: 0, unpriced: 0 }
    if (one.channel === 'sms') Object.assign(row, { texts: one.messages, segments: one.segments, unpriced: one.unpriced })
    else row.mails = one.messages
    rows.set(one.since, { ...row, cost: row.cost + one.cost })
  }
  return [...rows.values()].sort((one, other) => one.since.localeCompare(other.since))
}

/** All days of a month, those without messages among them. */
export function daysOf(month: string, sent: readonly MessagesSent[]): UsageRow[] {
  const known = new Map(rowsOf(sent).map((row) => [row.since, row]))
  const [year = 0, place = 0] = month.split('-').map(Number)
  const last = new Date(Date.UTC(year, place, 0)).getUTCDate()
  return Array.from({ length: last }, (_one, day) => {
    const since = `${isoMonth(month)}-${String(day + 1).padStart(2, '0')}`
    return known.get(since) ?? { since, texts: 0, segments: 0, mails: 0, cost: 0, unpriced: 0 }
  })
}

/** Several rows as one. */
export function sumOf(rows: readonly UsageRow[]): Omit<UsageRow, 'since'> {
  const nothing = { texts: 0, segments: 0, mails: 0, cost: 0, unpriced: 0 }
  return rows.reduce((all, one) => ({ texts: all.texts + one.texts, segments: all.segments + one.segments, mails: all.mails + one.mails, cost: all.cost + one.cost, unpriced: all.unpriced + one.unpriced }), nothing)
}

/** Rows as a CSV file. */
export function usageCsv(head: string, rows: readonly UsageRow[]): string {
  const heads = [head, t('usage.texts'), t('usage.segments'), t('usage.cost'), t('usage.mails')]
  return csvText([heads, ...rows.map(({ since, texts, segments, cost, mails }) => [since, texts, segments, (cost / FEN).toFixed(DIGITS), mails])])
}

/** What is left of a limit, in words. */
export function leftText({ channel, limit, used }: LimitStanding): string {
  return t(used >= limit ? 'usage.noneLeft' : 'usage.left', { channel: tEnum('way', channel), limit: countText(limit), left: countText(Math.max(limit - used, 0)), unit: t(`usage.unit.${channel as Channel}`) })
}
