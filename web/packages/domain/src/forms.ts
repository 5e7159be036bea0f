import { holds, keptCondition, type ConditionTree } from './conditions'
import type { FieldKind, FieldSettings, OwnField } from './fields'
import { wireOf, type FieldDraft } from './fieldValues'
import { computeFormula, type FormulaValue } from './formulas'
import { minorDigits } from './money'

export const FORM_KINDS = ['text', 'long_text', 'number', 'money', 'date', 'date_range', 'choice', 'multi_choice', 'user', 'department', 'customer', 'file', 'table', 'formula', 'note'] as const
export const COLUMN_KINDS = ['text', 'number', 'money', 'date', 'choice', 'formula'] as const
export type FormKind = (typeof FORM_KINDS)[number]
export type ColumnKind = (typeof COLUMN_KINDS)[number]

/** A column of a table on a form. */
export interface FormColumn {
  key: string
  kind: ColumnKind
  label: string
  help?: string
  required?: boolean
  settings?: FieldSettings
  summed?: boolean
}

/** A field of a form that an administrator designs. */
export interface FormField {
  key: string
  kind: FormKind
  label: string
  help?: string
  required?: boolean
  half?: boolean
  settings?: FieldSettings
  default?: unknown
  visible?: ConditionTree | null
  columns?: FormColumn[]
}

/** Two days, as a form holds them. */
export interface SpanDraft {
  from: string
  to: string
}
export type RowDraft = Record<string, FieldDraft>
/** What stands in a field of a form while it is filled in. */
export type EntryDraft = FieldDraft | SpanDraft | RowDraft[]
export type EntryDrafts = Record<string, EntryDraft>

/** The same as a field that the company has added to a kind of record, whose inputs and words serve here, too. */
export function formOwnField(field: FormField | FormColumn): OwnField {
  const kind = field.kind === 'customer' ? 'record' : (field.kind as FieldKind)
  const settings = field.kind === 'customer' ? { target: 'customer' } : (field.settings ?? {})
  return { name: field.key, built_in: false, label: field.label, help: field.help || null, kind, settings, rules: {}, default: 'default' in field ? field.default : null, required: field.required ?? false, unique: false, read_only: false }
}

const isSpan = (draft: EntryDraft | undefined): draft is SpanDraft => typeof draft === 'object' && draft !== null && 'from' in draft

/** How many days from one to the other, both counted; null if that is no span. */
export function daysOf({ from, to }: SpanDraft): number | null {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
  return Number.isFinite(days) && days >= 1 ? days : null
}

/** A row as it is sent; what is empty is left out. */
export function wireRow(columns: readonly FormColumn[], row: RowDraft): Record<string, unknown> {
  const typed = columns.filter(({ kind }) => kind !== 'formula').map((column) => [column.key, wireOf(formOwnField(column), row[column.key])] as const)
  return Object.fromEntries(typed.filter(([, value]) => value !== null))
}

/** What stands in a field as it is sent; null for nothing. */
export function wireEntry(field: FormField, draft: EntryDraft | undefined): unknown {
  if (field.kind === 'note' || field.kind === 'formula') return null
  if (field.kind === 'date_range') return isSpan(draft) && (draft.from || draft.to) ? { from: draft.from || null, to: draft.to || null } : null
  if (field.kind === 'table') return ((draft ?? []) as RowDraft[]).map((row) => wireRow(field.columns ?? [], row))
  return wireOf(formOwnField(field), draft as FieldDraft)
}

const sumsOf = (field: FormField, rows: readonly Record<string, unknown>[]): Record<string, unknown> =>
  Object.fromEntries((field.columns ?? []).filter(({ summed }) => summed).map(({ key }) => [`${field.key}_${key}`, sumOf(rows.map((row) => row[key]))]))

/** The sum of figures and amounts of money; what is empty counts as nothing. */
export function sumOf(values: readonly unknown[]): number {
  const figures = values.map((value) => (typeof value === 'number' ? value : typeof value === 'object' && value !== null && 'amount' in value ? Number(value.amount) : 0))
  return Number(figures.reduce((sum, one) => sum + one, 0).toFixed(6))
}

/** What conditions see of a field. */
export function entryFacts(field: FormField, draft: EntryDraft | undefined): Record<string, unknown> {
  if (field.kind === 'date_range') {
    const span = isSpan(draft) ? draft : { from: '', to: '' }
    return { [`${field.key}_from`]: span.from || null, [`${field.key}_to`]: span.to || null, [`${field.key}_days`]: daysOf(span) }
  }
  if (field.kind === 'formula' || field.kind === 'note') return {}
  if (field.kind === 'table') {
    const rows = ((draft ?? []) as RowDraft[]).map((row) => rowValues(field.columns ?? [], row)).filter((row) => Object.keys(row).length > 0)
    return { [`${field.key}_rows`]: rows.length, ...sumsOf(field, rows) }
  }
  const value = wireEntry(field, draft)
  return { [field.key]: typeof value === 'object' && value !== null && 'amount' in value ? value.amount : value }
}

/** What a formula reads of a value: money in its larger unit. */
function operandOf(value: unknown): FormulaValue {
  if (typeof value === 'object' && value !== null && 'amount' in value) {
    const { amount, currency } = value as { amount: number; currency: string }
    return amount / 10 ** minorDigits(currency)
  }
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null
}

/** A row as it is sent, with what its formulas come to. */
export function rowValues(columns: readonly FormColumn[], row: RowDraft): Record<string, unknown> {
  const values = wireRow(columns, row)
  for (const column of columns) {
    if (column.kind !== 'formula') continue
    const operands = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, operandOf(value)]))
    const found = computeFormula(column.settings ?? {}, operands)
    if (found !== null) values[column.key] = found
  }
  return values
}

/** How a form stands while it is filled in: what is there to be filled in, and what its formulas come to. */
export interface FormState {
  visible: FormField[]
  computed: Record<string, FormulaValue>
}

const namesOf = (field: FormField): string[] => (field.kind === 'formula' ? [field.key] : Object.keys(entryFacts(field, undefined)))

/** Of money, sums are told in minor units; formulas read its larger unit. */
function operandsOf(field: FormField, draft: EntryDraft | undefined, facts: Record<string, unknown>): Record<string, FormulaValue> {
  if (field.kind !== 'table' && field.kind !== 'date_range') return { [field.key]: operandOf(wireEntry(field, draft)) }
  const money = new Map((field.columns ?? []).filter(({ kind }) => kind === 'money').map(({ key, settings }) => [`${field.key}_${key}`, settings?.currency ?? 'CNY']))
  const read = (name: string, value: unknown): FormulaValue => (money.has(name) ? operandOf({ amount: Number(value), currency: money.get(name) }) : operandOf(value))
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, read(name, value)]))
}

/** How a form stands, from top to bottom; what is hidden answers nothing. */
export function formState(fields: readonly FormField[], drafts: EntryDrafts): FormState {
  const facts: Record<string, unknown> = {}
  const operands: Record<string, FormulaValue> = {}
  const computed: Record<string, FormulaValue> = {}
  const visible = fields.filter((field) => {
    const asked = keptCondition(field.visible ?? null, new Set(Object.keys(facts)))
    if (field.visible && (asked === null || !holds(asked, facts))) {
      for (const name of namesOf(field)) facts[name] = null
      return false
    }
    if (field.kind === 'formula') {
      computed[field.key] = operands[field.key] = computeFormula(field.settings ?? {}, operands)
      facts[field.key] = computed[field.key]
    } else {
      const own = entryFacts(field, drafts[field.key])
      Object.assign(facts, own)
      Object.assign(operands, operandsOf(field, drafts[field.key], own))
    }
    return true
  })
  return { visible, computed }
}
