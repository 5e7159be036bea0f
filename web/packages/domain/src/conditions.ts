/** How a field is compared, in the words of the shared filter language. */
export type TestOp = 'eq' | 'ne' | 'in' | 'nin' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains' | 'empty'

/** One field compared with one value. */
export interface ConditionTest {
  field: string
  op?: TestOp
  value: unknown
}

/** Tests joined by and/or, as they travel. */
export type ConditionTree = ConditionTest | { and: ConditionTree[] } | { or: ConditionTree[] }

/** A record's plain values by field name, as they travel. */
export type Facts = Readonly<Record<string, unknown>>

const ORDER: Partial<Record<TestOp, (one: number | string, other: number | string) => boolean>> = {
  gt: (one, other) => one > other,
  gte: (one, other) => one >= other,
  lt: (one, other) => one < other,
  lte: (one, other) => one <= other,
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Numbers, and words for everything else: what can be told apart and put in order. */
const plain = (value: unknown): number | string => (typeof value === 'number' ? value : String(value))

function isSame(value: unknown, { op, value: wanted }: ConditionTest): boolean {
  const among = (op === 'in' || op === 'nin' ? (Array.isArray(wanted) ? wanted : []) : [wanted]).map(plain)
  return (Array.isArray(value) ? value : [value]).some((one) => among.includes(plain(one)))
}

function testHolds(test: ConditionTest, facts: Facts): boolean {
  const value = facts[test.field]
  const op = test.op ?? 'eq'
  const empty = isEmpty(value)
  if (op === 'empty') return empty === Boolean(test.value)
  if (op === 'ne' || op === 'nin') return empty || !isSame(value, { ...test, op })
  if (empty) return false
  if (op === 'contains') return String(value).toLowerCase().includes(String(test.value).toLowerCase())
  const compare = ORDER[op]
  return compare ? compare(plain(value), plain(test.value)) : isSame(value, { ...test, op })
}

/** Whether a condition holds for a record; the server decides the same way when the record is saved. */
export function holds(tree: ConditionTree, facts: Facts): boolean {
  if ('and' in tree) return tree.and.every((part) => holds(part, facts))
  if ('or' in tree) return tree.or.length === 0 || tree.or.some((part) => holds(part, facts))
  return testHolds(tree, facts)
}

/** A stored condition; null if it speaks of a field that is gone: then it holds for nobody. */
export function keptCondition(tree: unknown, known: ReadonlySet<string>): ConditionTree | null {
  if (tree === null || typeof tree !== 'object') return null
  const parts = 'and' in tree ? tree.and : 'or' in tree ? tree.or : null
  if (Array.isArray(parts)) return parts.every((part) => keptCondition(part, known)) ? (tree as ConditionTree) : null
  return 'field' in tree && typeof tree.field === 'string' && known.has(tree.field) ? (tree as ConditionTest) : null
}

/** Whether every test of a condition names its field and what it is compared with. */
export function isWhole(tree: ConditionTree): boolean {
  if ('and' in tree) return tree.and.every(isWhole)
  if ('or' in tree) return tree.or.every(isWhole)
  return tree.field !== '' && !isEmpty(tree.value)
}
