/**
 * What can be asked of a field, in the words of the API; and of moments, told from today: `within` the last n days,
 * `beyond` them (longer ago, or never), `coming` in the next n days or overdue.
 */
export type FilterOp = 'eq' | 'ne' | 'in' | 'nin' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains' | 'empty' | RelativeOp
export type RelativeOp = 'within' | 'beyond' | 'coming'

/** One condition as a person set it; lists are values of `in` and `nin`. */
export interface Condition {
  field: string
  op: FilterOp
  value: string | string[]
}

type Leaf = { field: string; op: Exclude<FilterOp, RelativeOp>; value: unknown }
export type FilterTree = { and: Leaf[] }

const OPS = new Set<string>(['eq', 'ne', 'in', 'nin', 'gt', 'gte', 'lt', 'lte', 'contains', 'empty', 'within', 'beyond', 'coming'])
const isListOp = (op: FilterOp): boolean => op === 'in' || op === 'nin'

/** How a field's typed text becomes the value that the server expects. */
export interface FilterEncoding {
  /** Midnight of a calendar day, ISO 8601. */
  midnight: (day: string) => string
  /** The fields that hold whole numbers. */
  numbers?: ReadonlySet<string>
  /** How the values of other fields are written; absent for words, and for days that stand for moments. */
  writtenAs?: (field: string) => ValueForm | undefined
}

/** How a value that was typed or chosen is written: as a number, a calendar day, or yes and no. */
export type ValueForm = 'number' | 'day' | 'yes'

function leafOf({ field, op, value }: Condition, encoding: FilterEncoding): Leaf {
  const text = Array.isArray(value) ? value.join(',') : value
  // The server knows what day it is: a filter that is kept goes on meaning the same.
  const days = Number.parseInt(text, 10) || 0
  if (op === 'within') return { field, op: 'gte', value: `${-days}d` }
  if (op === 'beyond') return { field, op: 'lt', value: `${-days}d` }
  if (op === 'coming') return { field, op: 'lt', value: `${days + 1}d` }
  if (op === 'empty') return { field, op, value: text !== 'false' }
  const form = encoding.numbers?.has(field) ? 'number' : encoding.writtenAs?.(field)
  if (isListOp(op)) return { field, op, value: Array.isArray(value) ? value : [value] }
  if (form === 'number') return { field, op, value: Number(text) }
  if (form === 'yes') return { field, op, value: text === 'true' }
  if (form === 'day') return { field, op, value: text }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { field, op, value: encoding.midnight(text) }
  return { field, op, value: text }
}

/** The API's `filter` parameter for a set of conditions that must all hold; undefined for none. */
export function filterParameter(conditions: readonly Condition[], encoding: FilterEncoding): string | undefined {
  if (conditions.length === 0) return undefined
  const tree: FilterTree = { and: conditions.map((condition) => leafOf(condition, encoding)) }
  return JSON.stringify(tree)
}

const escaped = (item: string): string => item.replaceAll('%', '%25').replaceAll(',', '%2C')
const unescaped = (item: string): string => item.replaceAll('%2C', ',').replaceAll('%25', '%')

/** Conditions out of a page address: `stage.in=deal,lost&owner_id=…`; unknown fields and operators are passed over. */
export function conditionsFrom(query: Readonly<Record<string, unknown>>, fields: Pick<ReadonlySet<string>, 'has'>): Condition[] {
  const found: Condition[] = []
  for (const [key, raw] of Object.entries(query)) {
    const dot = key.indexOf('.')
    const field = dot < 0 ? key : key.slice(0, dot)
    const op = dot < 0 ? 'eq' : key.slice(dot + 1)
    if (!fields.has(field) || !OPS.has(op) || typeof raw !== 'string') continue
    const known = op as FilterOp
    found.push({ field, op: known, value: isListOp(known) ? raw.split(',').map(unescaped) : raw })
  }
  return found
}

/** The address of a page for its conditions; the reverse of `conditionsFrom`. */
export function conditionsQuery(conditions: readonly Condition[]): Record<string, string> {
  const query: Record<string, string> = {}
  for (const { field, op, value } of conditions) {
    const key = op === 'eq' ? field : `${field}.${op}`
    query[key] = Array.isArray(value) ? value.map(escaped).join(',') : value
  }
  return query
}
