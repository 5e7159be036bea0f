import type { FilterField } from '../list/columns'
import type { ConditionField } from './conditionFields'

const ORDERED = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'empty']
const COMPARED: Record<FilterField['kind'], Pick<ConditionField, 'kind' | 'ops'>> = {
  choice: { kind: 'choice', ops: ['in', 'nin'] },
  text: { kind: 'text', ops: ['contains', 'eq', 'ne', 'empty'] },
  user: { kind: 'id', ops: ['in', 'nin', 'empty'] },
  department: { kind: 'id', ops: ['in', 'nin', 'empty'] },
  customer: { kind: 'id', ops: ['in', 'nin'] },
  contact: { kind: 'id', ops: ['in', 'nin', 'empty'] },
  product: { kind: 'id', ops: ['in', 'nin', 'empty'] },
  date: { kind: 'instant', ops: ['gt', 'gte', 'lt', 'lte'] },
  day: { kind: 'date', ops: ORDERED },
  number: { kind: 'whole', ops: ORDERED },
  money: { kind: 'whole', ops: ORDERED },
}
const PICKED = ['user', 'department', 'customer', 'contact', 'product'] as const

/** What the filters of a list let conditions speak of. */
export function fromFilters(filters: readonly FilterField[]): ConditionField[] {
  return filters.map((field) => {
    const picks = PICKED.find((kind) => kind === field.kind)
    return { name: field.name, label: field.label, ...COMPARED[field.kind], choices: field.options ?? [], ...(picks ? { picks } : {}), ...(field.currency ? { currency: field.currency } : {}) }
  })
}
