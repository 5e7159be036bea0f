import { ownFields, type OwnField, type RecordKind } from '@guanxi/domain'
import { Problem } from '@guanxi/client'
import { fieldLabel } from '@/changes'

/** The kinds of records with which much can be done at a time. */
export type BulkType = 'customer' | 'contact' | 'activity' | 'task' | 'product'

/** A field that can be made the same for many records. */
export interface Editable {
  name: string
  label: string
  own: OwnField | null
}

const BUILT_IN: Record<BulkType, readonly string[]> = {
  activity: [],
  task: [],
  customer: ['stage', 'tier', 'type', 'industry', 'region', 'source', 'address', 'website', 'employees', 'founded_year', 'annual_revenue', 'remark'],
  contact: ['role', 'title', 'department_name', 'gender', 'language', 'remark'],
  product: ['category_id', 'unit', 'tax_rate', 'description'],
}

/** What can be edited for many records at once: what only one record can have is left out. */
export function editableFields(type: BulkType, kind: RecordKind): Editable[] {
  const open = new Set(kind.fields.filter(({ writable }) => writable !== false).map(({ name }) => name))
  const builtIn = BUILT_IN[type].filter((name) => open.has(name)).map((name) => ({ name, label: fieldLabel(name, type), own: null }))
  const own = ownFields(kind).filter((field) => open.has(field.name) && !field.unique && field.kind !== 'formula' && field.kind !== 'file')
  return [...builtIn, ...own.map((field) => ({ name: field.name, label: field.label, own: field }))]
}

/** The same refusal with its fields named as the form names them. */
export function inForm(problem: Problem): Problem {
  const errors = problem.errors.map((error) => ({ ...error, field: error.field.replace(/^changes\./, '') }))
  const { title, detail, code, status, requestId, retryAfter } = problem
  return new Problem({ title, detail, code, status, errors }, status, { requestId, retryAfter: retryAfter === null ? null : String(retryAfter) })
}
