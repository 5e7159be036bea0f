import type { ExpenseStatistics } from '@guanxi/client'
import { minorDigits } from '@guanxi/domain'
import { t } from '@/i18n'
import { csvText } from '@/saveFile'

/** What the statistics of expenses can be asked, and how what they answer is shown. */
export const PERIODS = ['month', 'quarter', 'year', 'last-year', 'own'] as const
export type PeriodWord = (typeof PERIODS)[number]
export const STATES = ['submitted', 'approved', 'paid'] as const
export const USUAL_STATES: readonly string[] = ['approved', 'paid']
export const NARROWINGS = ['department_id', 'owner_id', 'kind_id', 'customer_id'] as const
export type Narrowing = (typeof NARROWINGS)[number]
const QUARTER = 3
const MONTHS = 12

export interface Days {
  first: string
  last: string
}

const written = (year: number, month: number, day: number): string => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)

/** The first and last day of the months that begin with the `month`th of a year, from 0. */
const months = (year: number, month: number, count: number): Days => ({ first: written(year, month, 1), last: written(year, month + count, 0) })

/** The days that a word means, as seen from today (2026-03-18); null for days of one's own choice. */
export function daysOf(word: PeriodWord, today: string): Days | null {
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7)) - 1
  if (word === 'month') return months(year, month, 1)
  if (word === 'quarter') return months(year, month - (month % QUARTER), QUARTER)
  if (word === 'year') return months(year, 0, MONTHS)
  return word === 'last-year' ? months(year - 1, 0, MONTHS) : null
}

/** All days of a month (2026-03). */
export const daysOfMonth = (month: string): Days => months(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1, 1)

/** A line of a table: somebody, somewhere or something, and what it comes to. */
export interface Row {
  name: string
  amount: number
  lines: number
  before: number
  /** What all of it is narrowed to by choosing this line; nothing if it cannot be. */
  id?: string
}

type Groups = ExpenseStatistics['people']

/** The lines of a way to divide it; `none` is what is nobody's, `hidden` what the reader does not see. */
export function rowsOf({ items, rest }: Groups, none: string, hidden = none): Row[] {
  const rows: Row[] = items.map(({ of, hidden: unseen, amount, lines, before }) => ({ name: of?.name ?? (unseen ? hidden : none), amount, lines, before, ...(of ? { id: of.id } : {}) }))
  return rest ? [...rows, { name: t('expenseStats.rest'), ...rest }] : rows
}

/** 12.5%: how much of the whole; nothing of nothing. */
export const shareText = (part: number, whole: number): string => (whole ? `${((part / whole) * 100).toFixed(1)}%` : '—')

/** +12.5%: how much more or less than before. */
export function changeText(now: number, before: number): string {
  if (!before) return now ? t('expenseStats.newThisTime') : '—'
  const change = ((now - before) / before) * 100
  return `${change > 0 ? '+' : change < 0 ? '−' : ''}${Math.abs(change).toFixed(1)}%`
}

export interface MonthSeries {
  name: string
  values: number[]
}

const OWN_COLOURS = 5

/** The months as series, one for each of the kinds that come to most, and one for all others. */
export function seriesOf({ months: all, kinds }: ExpenseStatistics): MonthSeries[] {
  const most = kinds.items.filter(({ of, amount }) => of && amount > 0).slice(0, OWN_COLOURS)
  const spent = (kind: string, place: number): number => all[place]?.kinds.find(({ of }) => of.id === kind)?.amount ?? 0
  const series = most.map(({ of }) => ({ name: of?.name ?? '', values: all.map((_, place) => spent(of?.id ?? '', place)) }))
  const rest = all.map(({ amount }, place) => amount - series.reduce((sum, { values }) => sum + (values[place] ?? 0), 0))
  return rest.some((amount) => amount > 0) ? [...series, { name: t('expenseStats.rest'), values: rest }] : series
}

/** A table as the text of a CSV file that spreadsheets open as it is; amounts are plain numbers. */
export function csvOf(head: string, rows: readonly Row[], currency: string, total: number): string {
  const digits = minorDigits(currency)
  const plain = (amount: number): string => (amount / 10 ** digits).toFixed(digits)
  const heads = [head, `${t('expenseStats.amount')} (${currency})`, t('expenseStats.lines'), t('expenseStats.share'), `${t('expenseStats.before')} (${currency})`]
  const lines = rows.map(({ name, amount, lines: count, before }) => [name, plain(amount), count, total ? shareText(amount, total) : '', plain(before)])
  return csvText([heads, ...lines])
}
