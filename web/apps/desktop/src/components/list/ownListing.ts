import type { DescribedFilter, OwnField, RecordKind, ValueForm } from '@guanxi/domain'
import { ownFields } from '@guanxi/domain'
import { t } from '@/i18n'
import type { Column, FilterField } from './columns'

const NUMBERS = new Set(['number', 'money'])
const WIDTHS: Partial<Record<OwnField['kind'], number>> = { long_text: 200, multi_choice: 188, record: 200, text: 140 }
const FORMS: Record<string, ValueForm> = { number: 'number', whole: 'number', date: 'day', yes: 'yes' }

/** Own fields are told from built-in ones by their names. */
export const isOwnName = (name: string): boolean => name.startsWith('c_')

const holding = (field: OwnField): string => (field.kind === 'formula' ? (field.settings.result ?? 'text') : field.kind)

/** The own fields of a kind of record as columns of its list; hidden until chosen. */
export function ownColumns(kind: RecordKind | null): Column[] {
  return ownFields(kind).map((field) => ({
    key: field.name,
    label: field.settings.unit && NUMBERS.has(holding(field)) ? `${field.label}${t('fields.unitOf', { unit: field.settings.unit })}` : field.label,
    width: WIDTHS[field.kind] ?? 116,
    extra: true,
    ...(NUMBERS.has(holding(field)) ? { align: 'end' as const } : {}),
  }))
}

function filterField(field: OwnField, { name, kind }: DescribedFilter): FilterField {
  const base = { name, label: field.label }
  if (kind === 'choice' || kind === 'member') return { ...base, kind: 'choice', options: (field.settings.options ?? []).map(({ value, label }) => ({ value, label })) }
  if (kind === 'yes') return { ...base, kind: 'choice', single: true, options: [{ value: 'true', label: t('value.yes') }, { value: 'false', label: t('value.no') }] }
  if (field.kind === 'money') return { ...base, kind: 'money', currency: field.settings.currency ?? 'CNY' }
  if (kind === 'number' || kind === 'whole') return { ...base, kind: 'number' }
  if (kind === 'date') return { ...base, kind: 'day' }
  if (kind === 'instant') return { ...base, kind: 'date' }
  if (kind !== 'id') return { ...base, kind: 'text' }
  return { ...base, kind: field.kind === 'record' ? (field.settings.target === 'contact' ? 'contact' : 'customer') : field.kind === 'department' ? 'department' : 'user' }
}

/** The own fields that a list can be filtered by. */
export function ownFilters(kind: RecordKind | null): FilterField[] {
  const filters = new Map(kind?.filters.map((filter) => [filter.name, filter]))
  return ownFields(kind).flatMap((field) => {
    const filter = filters.get(field.name)
    return filter ? [filterField(field, filter)] : []
  })
}

/** How the values of an own filter are written. */
export function ownForm(kind: RecordKind | null, name: string): ValueForm | undefined {
  const filter = isOwnName(name) ? kind?.filters.find((one) => one.name === name) : undefined
  return filter && FORMS[filter.kind]
}
