import type { FormField } from '@guanxi/domain'
import type { ConditionField } from '@/components/filters/conditionFields'
import { t, tEnum } from '@/i18n'

const SAME = ['eq', 'ne', 'in', 'nin', 'empty']
const ORDERED = ['gt', 'gte', 'lt', 'lte']
const COMPARED: Record<string, { kind: string; ops: string[] }> = {
  text: { kind: 'text', ops: [...SAME, 'contains'] },
  long_text: { kind: 'text', ops: [...SAME, 'contains'] },
  number: { kind: 'number', ops: [...SAME, ...ORDERED] },
  money: { kind: 'whole', ops: [...SAME, ...ORDERED] },
  date: { kind: 'date', ops: [...SAME, ...ORDERED] },
  choice: { kind: 'choice', ops: SAME },
  multi_choice: { kind: 'member', ops: SAME },
  user: { kind: 'id', ops: SAME },
  department: { kind: 'id', ops: SAME },
  customer: { kind: 'id', ops: SAME },
  yes_no: { kind: 'yes', ops: ['eq', 'ne', 'empty'] },
}

function plain(field: FormField): ConditionField[] {
  const kind = field.kind === 'formula' ? (field.settings?.result ?? 'number') : field.kind
  const compared = COMPARED[kind]
  if (!compared) return []
  const picks = kind === 'user' || kind === 'department' || kind === 'customer' ? kind : undefined
  return [{ name: field.key, label: field.label, ...compared, choices: (field.settings?.options ?? []).map(({ value, label }) => ({ value, label })), ...(picks ? { picks } : {}), ...(kind === 'money' ? { currency: field.settings?.currency ?? 'CNY' } : {}) }]
}

/** What conditions on a form may ask of the fields above. */
export function formConditions(fields: readonly FormField[]): ConditionField[] {
  const part = (field: FormField, name: string, kind: 'number' | 'date', label?: string): ConditionField => ({ name: `${field.key}_${name}`, label: `${field.label} · ${label ?? tEnum('forms.part', name)}`, kind, ops: [...SAME, ...ORDERED], choices: [] })
  return fields.flatMap((field) => {
    if (field.kind === 'date_range') return [part(field, 'days', 'number'), part(field, 'from', 'date'), part(field, 'to', 'date')]
    if (field.kind === 'table') return [part(field, 'rows', 'number'), ...(field.columns ?? []).filter(({ summed }) => summed).map((column) => ({ ...part(field, column.key, 'number', t('forms.sumOf', { label: column.label })), ...(column.kind === 'money' ? { kind: 'whole', currency: column.settings?.currency ?? 'CNY' } : {}) }))]
    return plain(field)
  })
}

/** What formulas may read of the fields above. */
export function formulaOperands(fields: readonly Pick<FormField, 'key' | 'kind' | 'label' | 'columns'>[]): { name: string; label: string }[] {
  return fields.flatMap((field) => {
    if (field.kind === 'date_range' || field.kind === 'table') return formConditions([field as FormField]).map(({ name, label }) => ({ name, label }))
    return ['number', 'money', 'date', 'text', 'formula'].includes(field.kind) ? [{ name: field.key, label: field.label }] : []
  })
}
