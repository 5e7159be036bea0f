import { moneyText, type FieldKind } from '@guanxi/domain'
import { customText, dayText } from '@/customText'
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

/** A field that was filled in, in words; empty for nothing, and for what wants more than words. */
export function toldText({ kind, value, text, unit }: Pick<Told, 'kind' | 'value' | 'text' | 'unit'>): string {
  if (value === null || value === undefined || kind === 'table' || kind === 'file') return ''
  if (text) return text
  if (kind === 'date_range') {
    const { from, to, days } = value as unknown as Span
    return t(from === to ? 'forms.oneDay' : 'forms.spanText', { from: dayText(from), to: dayText(to), n: days })
  }
  if (typeof value === 'object' && 'amount' in (value as object)) {
    const { amount, currency } = value as unknown as { amount: number; currency: string }
    return moneyText(amount, currency)
  }
  const plain = kind === 'formula' ? (typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'yes_no' : 'text') : kind
  return customText({ name: '', built_in: false, label: '', help: null, kind: plain as FieldKind, settings: { decimals: 6, ...(unit ? { unit } : {}) }, rules: {}, default: null, required: false, unique: false, read_only: false }, value)
}

/** What matters of what was filled in, in one line. */
export const toldGist = (fields: readonly Told[]): string => fields.map(toldText).filter(Boolean).slice(0, 2).join(' · ')

/** The same where a door hands it on as it is. */
export const toldOf = (fields: readonly Record<string, unknown>[]): Told[] => fields as unknown as Told[]
