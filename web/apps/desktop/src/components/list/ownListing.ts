import type { DescribedFilter, OwnField, RecordKind, ValueForm } from '@guanxi/domain'
import { ownFields } from '@guanxi/domain'
import { t } from '@/i18n'
import type { Column, FilterField, SortOption } from './columns'

const NUMBERS = new Set(['number', 'money'])
const WIDTHS: Partial<Record<OwnField['kind'], number>> = { long_text: 200, multi_choice: 188, record: 200, text: 140, file: 132 }
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
    ...(kind?.sorts.includes(field.name) ? { sort: field.name } : {}),
  }))
}

/** The orders that own fields give a list. */
export function ownSorts(kind: RecordKind | null): SortOption[] {
  return ownFields(kind)
    .filter(({ name }) => kind?.sorts.includes(name))
    .flatMap(({ name, label }) => [
      { value: name, label: t('fields.ascending', { label }) },
      { value: `-${name}`, label: t('fields.descending', { label }) },
    ])
}

/** Columns that show a field under another name. */
const SHOWN_AS: Record<string, string> = { phone: 'phones', parent: 'parent_id', revenue: 'annual_revenue', category: 'category_id', image: 'image_id' }
/** Columns of what is no field: everybody who sees the record sees them. */
const OF_THE_RECORD = new Set(['name', 'customer', 'owner', 'department', 'last_activity_at', 'next_step_at', 'state', 'created_by', 'updated_at', 'created_at'])

/** The columns without those of fields that the reader may not read: they would be empty. */
export function readableColumns(kind: RecordKind | null, columns: Column[]): Column[] {
  if (!kind) return columns
  const fields = new Set(kind.fields.map(({ name }) => name))
  return columns.filter(({ key }) => OF_THE_RECORD.has(key) || fields.has(SHOWN_AS[key] ?? key))
}

/** The filters that the reader may ask for. */
export function readableFilters(kind: RecordKind | null, filters: FilterField[]): FilterField[] {
  if (!kind) return filters
  const known = new Set(kind.filters.map(({ name }) => name))
  return filters.filter(({ name }) => known.has(name))
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
  return { ...base, kind: field.kind === 'record' ? (field.settings.target as 'customer' | 'contact' | 'product') : field.kind === 'department' ? 'department' : 'user' }
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
