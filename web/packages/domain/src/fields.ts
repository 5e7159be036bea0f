import { holds, keptCondition, type ConditionTree, type Facts } from './conditions'
import type { Tone } from './options'

export const FIELD_KINDS = [
  'text', 'long_text', 'number', 'money', 'date', 'date_time', 'choice', 'multi_choice', 'yes_no', 'user', 'department', 'record', 'file', 'formula',
] as const
export const RECORD_KINDS = ['customer', 'contact', 'activity', 'task', 'product', 'quote', 'asset', 'service-record', 'purchase'] as const
export const FORMULA_RESULTS = ['number', 'text', 'date', 'yes_no'] as const
export const RULE_WORDS = ['visible', 'required', 'read_only'] as const
export const OPTION_TONES = { grey: 'gray', blue: 'info', teal: 'teal', green: 'ok', amber: 'warn', red: 'bad', violet: 'violet' } as const satisfies Record<string, Tone>

export type FieldKind = (typeof FIELD_KINDS)[number]
export type RecordEntity = (typeof RECORD_KINDS)[number]
export type FormulaResult = (typeof FORMULA_RESULTS)[number]
export type RuleWord = (typeof RULE_WORDS)[number]
export type OptionColour = keyof typeof OPTION_TONES

/** One choice of a field; a retired one stays on the records that have it. */
export interface FieldOption {
  value: string
  label: string
  color?: OptionColour
  /** The choices of the leading field under which this one is offered; absent under all. */
  under?: string[]
  retired?: boolean
}

/** What a kind of field is told besides its name. */
export interface FieldSettings {
  max?: number
  min?: number
  decimals?: number
  unit?: string
  currency?: string
  target?: string
  /** Of files: how many, and whether only pictures. */
  most?: number
  pictures?: boolean
  expression?: string
  result?: FormulaResult
  options?: FieldOption[]
  depends_on?: string
}

/** A field that the company has added. */
export interface OwnField {
  name: string
  built_in: false
  label: string
  help: string | null
  kind: FieldKind
  settings: FieldSettings
  rules: Partial<Record<RuleWord, unknown>>
  default: unknown
  required: boolean
  unique: boolean
  read_only: boolean
  compared?: string | null
  /** Whether the reader may write it. */
  writable?: boolean
}

/** A field that every company has; its words are the page's own. */
export interface BuiltInField {
  name: string
  built_in: true
  essential: boolean
  choices?: string[]
  /** How conditions compare it; null for what they cannot. */
  compared?: string | null
  /** Whether the reader may write it. */
  writable?: boolean
}

/** One section of a form or a profile. */
export interface LayoutSection {
  title: string | null
  fields: string[]
}

/** Something that lists can be filtered by. */
export interface DescribedFilter {
  name: string
  kind: string
  ops: string[]
  choices: string[]
}

/** What a kind of record is made of. */
export interface RecordKind {
  entity: RecordEntity
  layout_version: number
  sections: LayoutSection[]
  fields: (OwnField | BuiltInField)[]
  filters: DescribedFilter[]
  sorts: string[]
}

/** How a field stands on a form at this moment. */
export interface FieldState {
  visible: boolean
  required: boolean
  readOnly: boolean
}

/** The company's own fields of a kind of record, in the order of its layout. */
export function ownFields(kind: RecordKind | null): OwnField[] {
  if (!kind) return []
  const own = new Map(kind.fields.flatMap((field) => (field.built_in ? [] : [[field.name, field] as const])))
  return kind.sections.flatMap(({ fields }) => fields.flatMap((name) => own.get(name) ?? []))
}

/** The fields of a kind of record that the reader may only look at. */
export function fixedNames(kind: RecordKind | null): Set<string> {
  return new Set(kind?.fields.filter(({ writable }) => writable === false).map(({ name }) => name))
}

/** The names that conditions of a kind of record may speak of. */
export function comparable(kind: RecordKind): Set<string> {
  return new Set(kind.fields.filter(({ compared }) => Boolean(compared)).map(({ name }) => name))
}

/** How a field stands, given what the record holds now. */
export function fieldState(field: OwnField, known: ReadonlySet<string>, facts: Facts): FieldState {
  const says = (word: RuleWord): ConditionTree | null => keptCondition(field.rules[word] ?? null, known)
  const [visible, required, readOnly] = [says('visible'), says('required'), says('read_only')]
  return {
    visible: visible === null || holds(visible, facts),
    required: field.kind !== 'formula' && field.writable !== false && (field.required || (required !== null && holds(required, facts))),
    readOnly: field.kind === 'formula' || field.writable === false || (readOnly !== null && holds(readOnly, facts)),
  }
}

/** The choices that are open to a record now: not retired, and under what the leading field says; a chosen one stays. */
export function openOptions(settings: FieldSettings, facts: Facts, chosen: readonly string[] = []): FieldOption[] {
  return (settings.options ?? []).filter((option) => (!option.retired && goesWith(option, settings, facts)) || chosen.includes(option.value))
}

/** Whether a choice is offered under what the leading field says. */
export function goesWith(option: FieldOption, { depends_on: leader }: FieldSettings, facts: Facts): boolean {
  return !leader || !option.under?.length || option.under.includes(String(facts[leader] ?? ''))
}
