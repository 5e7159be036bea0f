import { fieldState, fixedNames, ownFields, type Facts, type FieldDrafts, type OwnField, type RecordKind } from '@guanxi/domain'
import type { Rule } from '@/composables/useForm'

/** A row whose cells can be edited. */
export interface CellRow {
  id: string
  name: string
  version: number
  editable: boolean
  custom: Readonly<Record<string, unknown>>
}

/** Such a row as the form of its kind of record holds it. */
export interface CellValues {
  custom: FieldDrafts
}

/** How the cells of one kind of record are edited: by what its form knows, one field at a time. */
export interface CellKind<T extends CellRow, V extends CellValues> {
  /** The built-in fields that a cell can hold, by column. */
  fields: Readonly<Record<string, string>>
  /** Those of which a choice is the whole answer. */
  chosen: ReadonlySet<string>
  /** Whether a built-in field means anything to a row. */
  suits?: (field: string, row: T) => boolean
  values: (row: T, own: readonly OwnField[]) => V
  changes: (now: V, before: V, own: readonly OwnField[]) => object
  /** What conditions see of the built-in fields. */
  facts: (values: V) => Facts
  rules: Readonly<Record<string, Rule<unknown>>>
  send: (id: string, body: object, version: number) => Promise<T>
}

/** Which cell is meant: the row, and the key of the column. */
export interface CellPlace {
  id: string
  key: string
}

const OWN_KINDS: ReadonlySet<OwnField['kind']> = new Set(['text', 'number', 'money', 'date', 'date_time', 'choice', 'multi_choice', 'yes_no', 'user', 'department', 'record'])
const CHOSEN_KINDS: ReadonlySet<OwnField['kind']> = new Set(['choice', 'yes_no', 'user', 'department', 'record'])

/** Whether a choice is the whole answer to an own field, so that it is saved at once. */
export const isChosen = (field: OwnField): boolean => CHOSEN_KINDS.has(field.kind)

/** The columns of a row that its reader may write in the list: field by field as the form would let them. */
export function openColumns<T extends CellRow, V extends CellValues>(row: T, kind: RecordKind, cells: CellKind<T, V>, facts: () => Facts, known: ReadonlySet<string>): Set<string> {
  if (!row.editable) return new Set()
  const fixed = fixedNames(kind)
  const there = new Set(kind.fields.map(({ name }) => name))
  const builtIn = Object.entries(cells.fields).filter(([, field]) => there.has(field) && !fixed.has(field) && (cells.suits?.(field, row) ?? true))
  const own = ownFields(kind).filter((field) => OWN_KINDS.has(field.kind) && isOpen(field, facts, known))
  return new Set([...builtIn.map(([column]) => column), ...own.map(({ name }) => name)])
}

function isOpen(field: OwnField, facts: () => Facts, known: ReadonlySet<string>): boolean {
  if (field.read_only || field.writable === false) return false
  if (Object.keys(field.rules).length === 0) return true
  const { visible, readOnly } = fieldState(field, known, facts())
  return visible && !readOnly
}

/** Of some changes those of one field: `stage`, or `custom.c_level`. */
export function changeOf(changes: object, path: string): object | null {
  const [name, own] = path.split('.') as [string, string | undefined]
  const all = changes as Record<string, unknown>
  if (!(name in all)) return null
  if (!own) return { [name]: all[name] }
  const custom = all[name] as Record<string, unknown>
  return own in custom ? { custom: { [own]: custom[own] } } : null
}
