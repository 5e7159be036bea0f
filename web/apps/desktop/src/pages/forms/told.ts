import { moneyText } from '@guanxi/domain'
import { dayText } from '@/dayText'
import { t } from '@/i18n'

/** A field that was filled in, as people read it. */
export interface Told {
  name: string
  label: string
  kind: string
  value: unknown
  text?: string
  unit?: string
  columns?: Record<string, string | null>[]
}

interface Span {
  from: string
  to: string
  days: number
}

const MOST_DECIMALS = 6
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** A plain value in words, with its unit; empty for nothing. */
export function plainText(value: unknown, unit?: string | null): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no')
  if (typeof value === 'number') return [value.toLocaleString('en-US', { maximumFractionDigits: MOST_DECIMALS }), unit].filter(Boolean).join(' ')
  if (typeof value === 'object' && 'amount' in value) return moneyText(Number(value.amount), 'currency' in value ? String(value.currency) : 'CNY')
  return DAY.test(String(value)) ? dayText(String(value)) : String(value)
}

/** A field that was filled in, in words; empty for nothing, and for what wants more than words. */
export function toldText({ kind, value, text, unit }: Pick<Told, 'kind' | 'value' | 'text' | 'unit'>): string {
  if (value === null || value === undefined || kind === 'table' || kind === 'file') return ''
  if (text) return text
  if (kind !== 'date_range') return plainText(value, unit)
  const { from, to, days } = value as Span
  return t(from === to ? 'approvals.told.oneDay' : 'approvals.told.span', { from: dayText(from), to: dayText(to), n: days })
}

/** What matters of what was filled in, in one line. */
export const toldGist = (fields: readonly Told[]): string => fields.map(toldText).filter(Boolean).slice(0, 2).join(' · ')

/** The same where a door hands it on as it is. */
export const toldOf = (fields: readonly Record<string, unknown>[]): Told[] => fields as unknown as Told[]
