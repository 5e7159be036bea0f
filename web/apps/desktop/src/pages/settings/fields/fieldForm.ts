import type { FieldDefinition, FieldPatch } from '@guanxi/client'
import { draftOf, isWhole, RULE_WORDS, wireOf, type ConditionTree, type FieldDraft, type FieldKind, type FieldOption, type FieldSettings, type FormulaResult, type OwnField, type RuleWord } from '@guanxi/domain'
import { all, atMost, required } from '@/composables/rules'
import type { Rule } from '@/composables/useForm'
import { t } from '@/i18n'

/** A choice while it is being written; one that records may bear has its value already. */
export interface OptionDraft {
  value: string | null
  label: string
  color: FieldOption['color'] | null
  under: string[]
  retired: boolean
}

/** A field as its form holds it: empty text instead of nothing. */
export interface FieldValues {
  kind: FieldKind
  label: string
  help: string
  settings: {
    max: string
    min: string
    decimals: number
    unit: string
    currency: string
    target: string
    most: number
    pictures: boolean
    expression: string
    result: FormulaResult
    options: OptionDraft[]
    depends_on: string | null
  }
  default: FieldDraft
  required: boolean
  unique: boolean
  filterable: boolean
  rules: Record<RuleWord, ConditionTree | null>
}

export const UNIQUE_KINDS: readonly FieldKind[] = ['text', 'number', 'date']
export const isChoosing = (kind: FieldKind): boolean => kind === 'choice' || kind === 'multi_choice'
const FILTERABLE_FROM_THE_START: readonly FieldKind[] = ['choice', 'multi_choice']
const NO_DEFAULT: readonly FieldKind[] = ['department', 'record', 'file', 'formula']

/** Whether a kind of field can start with something. */
export const mayDefault = (kind: FieldKind): boolean => !NO_DEFAULT.includes(kind)
/** Whether lists can be filtered by a kind of field. */
export const mayFilter = (kind: FieldKind): boolean => kind !== 'long_text' && kind !== 'file'

/** A choice not yet written. */
export const blankOption = (label = ''): OptionDraft => ({ value: null, label, color: null, under: [], retired: false })

/** An empty form for a kind of field. */
export function blankField(kind: FieldKind): FieldValues {
  return {
    kind, label: '', help: '',
    settings: { max: '', min: '', decimals: kind === 'formula' ? 2 : 0, unit: '', currency: 'CNY', target: 'customer', most: 1, pictures: false, expression: '', result: 'number', options: [blankOption(), blankOption()], depends_on: null },
    default: kind === 'multi_choice' ? [] : null, required: false, unique: false, filterable: FILTERABLE_FROM_THE_START.includes(kind),
    rules: { visible: null, required: null, read_only: null },
  }
}

/** A field's values for editing. */
export function valuesOf(field: FieldDefinition): FieldValues {
  const settings = field.settings as FieldSettings
  const blank = blankField(field.kind)
  return {
    ...blank,
    label: field.label,
    help: field.help ?? '',
    settings: {
      ...blank.settings,
      max: settings.max?.toString() ?? '',
      min: settings.min?.toString() ?? '',
      decimals: settings.decimals ?? blank.settings.decimals,
      unit: settings.unit ?? '',
      currency: settings.currency ?? 'CNY',
      target: settings.target ?? 'customer',
      most: settings.most ?? 1,
      pictures: settings.pictures ?? false,
      expression: settings.expression ?? '',
      result: settings.result ?? 'number',
      options: (settings.options ?? []).map(({ value, label, color, under, retired }) => ({ value, label, color: color ?? null, under: under ?? [], retired: retired ?? false })),
      depends_on: settings.depends_on ?? null,
    },
    default: draftOf(field as unknown as OwnField, field.default),
    required: field.required,
    unique: field.unique,
    filterable: field.filterable,
    rules: Object.fromEntries(RULE_WORDS.map((word) => [word, (field.rules[word] as ConditionTree | undefined) ?? null])) as FieldValues['rules'],
  }
}

function whole(typed: string): number | string | null {
  const text = typed.trim()
  return text === '' ? null : /^-?\d+$/.test(text) ? Number(text) : text
}

function optionOf({ value, label, color, under, retired }: OptionDraft, depends: boolean): Partial<FieldOption> {
  return { ...(value ? { value } : {}), label: label.trim(), ...(color ? { color } : {}), ...(depends && under.length ? { under } : {}), ...(retired ? { retired } : {}) }
}

/** The settings of a kind of field as they are sent. */
export function settingsOf({ kind, settings }: FieldValues): Record<string, unknown> {
  const { max, min, decimals, unit, currency, target, most, pictures, expression, result, options, depends_on } = settings
  const some = (given: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== ''))
  if (isChoosing(kind)) return some({ options: options.map((option) => optionOf(option, depends_on !== null)), depends_on })
  if (kind === 'number') return some({ decimals, min: whole(min), max: whole(max), unit: unit.trim() })
  if (kind === 'formula') return some({ expression: expression.trim(), result, ...(result === 'number' ? { decimals, unit: unit.trim() } : {}) })
  if (kind === 'money') return { currency }
  if (kind === 'record') return { target }
  if (kind === 'file') return { most, ...(pictures ? { pictures } : {}) }
  return kind === 'text' ? some({ max: whole(max) }) : {}
}

/** What is sent of a field; a default only where the kind can have one. */
export function bodyOf(values: FieldValues): FieldPatch {
  const { kind, label, help, rules } = values
  return {
    label: label.trim(),
    help: help.trim() || null,
    settings: settingsOf(values),
    rules: Object.fromEntries(RULE_WORDS.flatMap((word) => (rules[word] ? [[word, rules[word]]] : []))),
    default: mayDefault(kind) ? wireOf({ kind } as OwnField, values.default) : null,
    required: values.required && kind !== 'formula',
    unique: values.unique && UNIQUE_KINDS.includes(kind),
    filterable: values.filterable && mayFilter(kind),
  }
}

/** Only what differs from the field as it was read. */
export function changesOf(values: FieldValues, before: FieldValues): FieldPatch {
  const then = bodyOf(before) as Record<string, unknown>
  return Object.fromEntries(Object.entries(bodyOf(values)).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(then[name])))
}

const wholeRule: Rule<unknown> = (value, values) => {
  const rules = (values as FieldValues).rules
  return RULE_WORDS.some((word) => rules[word] === value && value !== null && !isWhole(value as ConditionTree)) ? t('fields.conditionIncomplete') : null
}
const ofKind = (applies: (kind: FieldKind) => boolean, rule: Rule<unknown>): Rule<unknown> => (value, values) => (applies((values as FieldValues).kind) ? rule(value, values) : null)

/** The rules of the form, by path. */
export const fieldRules: Record<string, Rule<unknown>> = {
  label: all(required('fields.labelEmpty'), atMost(50)),
  help: atMost(200),
  'settings.options': ofKind(isChoosing, (value) => ((value as OptionDraft[]).some(({ label }) => label.trim()) ? null : t('fields.optionsEmpty'))),
  'settings.expression': ofKind((kind) => kind === 'formula', required('fields.expressionEmpty')),
  'rules.visible': wholeRule,
  'rules.required': wholeRule,
  'rules.read_only': wholeRule,
}
