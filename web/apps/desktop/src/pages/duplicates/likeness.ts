import type { Contact, Customer } from '@guanxi/client'
import { ownFields, type RecordKind } from '@guanxi/domain'
import { changeText, fieldLabel } from '@/changes'
import { customText } from '@/customText'

/** The kinds of records that can be merged. */
export type MergeType = 'customer' | 'contact'
/** A record as a group of duplicates shows it. */
export type Alike = Customer | Contact

/** One field in which records differ: what each of them has, and whose value stays unless another is chosen. */
export interface Difference {
  name: string
  label: string
  /** Whether all values stay unless one is chosen. */
  united: boolean
  values: { id: string; text: string }[]
  kept: string
}

const FIELDS: Record<MergeType, readonly string[]> = {
  customer: ['name', 'stage', 'tier', 'type', 'industry', 'region', 'source', 'address', 'phones', 'email', 'website', 'credit_code', 'employees', 'founded_year', 'founding_day', 'annual_revenue', 'tags', 'remark'],
  contact: ['name', 'title', 'department_name', 'role', 'phones', 'email', 'wechat', 'gender', 'language', 'birthday', 'remark'],
}
const UNITED = new Set(['phones', 'tags'])
/** Chosen in place of one record: the values of all. */
export const ALL = 'all'

/** In which fields records differ, built-in ones first. */
export function differences(type: MergeType, kind: RecordKind | null, records: readonly Alike[], masterId: string): Difference[] {
  const subject = type
  const builtIn = FIELDS[type].map((name) => ({
    name, label: fieldLabel(name, subject), united: UNITED.has(name), read: (record: Alike) => (record as unknown as Record<string, unknown>)[name], text: (value: unknown) => changeText(name, value, undefined, subject),
  }))
  const own = ownFields(kind).filter((field) => field.kind !== 'formula').map((field) => ({
    name: `custom.${field.name}`, label: field.label, united: false, read: (record: Alike) => record.custom[field.name], text: (value: unknown) => customText(field, value),
  }))
  return [...builtIn, ...own].flatMap(({ name, label, united, read, text }) => {
    const values = records.map((record) => ({ id: record.id, text: text(read(record)) }))
    if (new Set(values.map((value) => value.text)).size < 2) return []
    const filled = [values.find(({ id }) => id === masterId), ...values].find((value) => value?.text)
    return [{ name, label, united, values, kept: united ? ALL : (filled?.id ?? masterId) }]
  })
}
