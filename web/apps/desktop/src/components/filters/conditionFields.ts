import { conditionOf, ownFields, type ConditionTest, type DescribedFilter, type FieldOption, type OwnField, type RecordKind, type RelativeOp, type TestOp } from '@guanxi/domain'
import { changeText, fieldLabel } from '@/changes'

/** A field that conditions may speak of. */
export interface ConditionField {
  name: string
  label: string
  /** How it is compared: text, choice, member, number, whole, date, instant, yes or id. */
  kind: string
  ops: readonly string[]
  choices: { value: string; label: string }[]
  /** Whether it also takes words that are not among its choices. */
  open?: boolean
  /** What an id stands for. */
  picks?: 'user' | 'department' | 'customer' | 'contact' | 'product'
  /** Of money, whose values are minor units. */
  currency?: string
}

const SAME = ['eq', 'ne', 'in', 'nin', 'empty']
const ORDERED = ['gt', 'gte', 'lt', 'lte']
const OPS: Record<string, readonly string[]> = {
  text: [...SAME, 'contains'],
  choice: SAME,
  member: SAME,
  id: SAME,
  number: [...SAME, ...ORDERED],
  whole: [...SAME, ...ORDERED],
  date: [...SAME, ...ORDERED],
  instant: [...ORDERED, 'eq', 'empty'],
  yes: ['eq', 'ne', 'empty'],
}

/** One way to compare, as people choose it: the two halves of `empty` are two ways. */
export interface Comparison {
  key: string
  op: TestOp
  /** Of `empty`: which half. */
  fixed?: boolean
  /** Told from today, in days. */
  relative?: RelativeOp
}

/** Whole days only: their moments do not matter here. */
const PLAIN = { midnight: (day: string) => day, dayOf: (moment: string) => moment }

/** How a test is told from today, and by how many days; null if it is not. */
export function relativeOf(test: ConditionTest): { op: RelativeOp; days: number } | null {
  if (typeof test.value !== 'string' || !/^[-+]?\d{1,4}d$/.test(test.value)) return null
  const found = conditionOf(test, PLAIN)
  return found && typeof found.value === 'string' ? { op: found.op as RelativeOp, days: Number.parseInt(found.value, 10) } : null
}

const WAYS: Record<string, readonly string[]> = {
  text: ['contains', 'eq', 'ne'],
  choice: ['in', 'nin'],
  member: ['in', 'nin'],
  id: ['in', 'nin'],
  number: ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'],
  whole: ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'],
  date: ['gte', 'lte', 'eq'],
  instant: ['gte', 'lte'],
  yes: ['eq'],
}
const WORDS: Record<string, string> = { 'date.gte': 'since', 'date.lte': 'until', 'date.eq': 'on', 'instant.gte': 'since', 'instant.lte': 'until', 'yes.eq': 'is' }

/** The ways in which a field can be compared, each with its word under `conditionOp`. */
export function comparisons({ kind, ops }: ConditionField): (Comparison & { word: string })[] {
  const plain = (WAYS[kind] ?? ['eq']).filter((op) => ops.includes(op)).map((op) => ({ key: op, op: op as TestOp, word: WORDS[`${kind}.${op}`] ?? op }))
  const days = kind === 'instant' ? (['within', 'beyond', 'coming'] as const).map((relative) => ({ key: relative, op: (relative === 'within' ? 'gte' : 'lt') as TestOp, relative, word: relative })) : []
  const halves = ops.includes('empty') ? [{ key: 'empty', op: 'empty' as const, fixed: true, word: 'empty' }, { key: 'filled', op: 'empty' as const, fixed: false, word: 'filled' }] : []
  return [...days, ...plain, ...halves]
}

const named = (options: readonly FieldOption[] | undefined): { value: string; label: string }[] => (options ?? []).map(({ value, label }) => ({ value, label }))

function ownField(field: OwnField, kind: string, ops: readonly string[]): ConditionField {
  const picks = field.kind === 'record' ? (field.settings.target as 'customer' | 'contact' | 'product') : field.kind === 'user' || field.kind === 'department' ? field.kind : undefined
  return {
    name: field.name,
    label: field.label,
    kind,
    ops,
    choices: named(field.settings.options),
    ...(picks ? { picks } : {}),
    ...(field.kind === 'money' ? { currency: field.settings.currency ?? 'CNY' } : {}),
  }
}

/** What the rules of a kind of record may speak of, without the field that the rule is of. */
export function ruleFields(kind: RecordKind, except?: string): ConditionField[] {
  const builtIn = kind.fields.flatMap((field): ConditionField[] => {
    if (!field.built_in || !field.compared) return []
    const choices = (field.choices ?? []).map((value) => ({ value, label: changeText(field.name, value, undefined, kind.entity) }))
    return [{ name: field.name, label: fieldLabel(field.name, kind.entity), kind: field.compared, ops: OPS[field.compared] ?? [], choices }]
  })
  const own = ownFields(kind).flatMap((field) => (field.compared && field.name !== except ? [ownField(field, field.compared, OPS[field.compared] ?? [])] : []))
  return [...builtIn, ...own]
}

const PICKED: Record<string, ConditionField['picks']> = { owner_id: 'user', author_id: 'user', department_id: 'department', customer_id: 'customer', parent_id: 'customer', contact_id: 'contact' }

/** What the lists of a kind of record can be filtered by. */
export function listFields(kind: RecordKind): ConditionField[] {
  const own = new Map(ownFields(kind).map((field) => [field.name, field]))
  const builtIn = ({ name, kind: compared, ops, choices }: DescribedFilter): ConditionField => ({
    name,
    label: fieldLabel(name, kind.entity),
    kind: compared,
    ops,
    choices: choices.map((value) => ({ value, label: changeText(name, value, undefined, kind.entity) })),
    ...(PICKED[name] ? { picks: PICKED[name] } : {}),
  })
  return kind.filters.map((filter) => {
    const field = own.get(filter.name)
    return field ? ownField(field, filter.kind, filter.ops) : builtIn(filter)
  })
}
