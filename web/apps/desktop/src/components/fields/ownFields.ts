import { changedCustom, fieldState, wireOf, type Facts, type FieldDrafts, type OwnField, type RecordKind } from '@guanxi/domain'
import { customText } from '@/customText'
import { t } from '@/i18n'
import type { Rule } from '@/composables/useForm'

/** The own fields of a form, and what surrounds them. */
export interface OwnForm {
  fields: readonly OwnField[]
  known: ReadonlySet<string>
  /** What the record had; absent for one about to be made. */
  before: FieldDrafts | null
  facts: () => Facts
}

function numberFault(field: OwnField, value: unknown): string | null {
  const { min, max, decimals = 0 } = field.settings
  if (typeof value !== 'number') return t('fields.notNumber')
  const digits = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0
  if (digits > decimals) return decimals === 0 ? t('fields.notWhole') : t('fields.decimalsAtMost', { most: decimals })
  if (min !== undefined && value < min) return t('fields.least', { min })
  return max !== undefined && value > max ? t('fields.most', { max }) : null
}

/** What is wrong with what was typed into an own field; the server has the last word. */
export function fieldFault(field: OwnField, draft: FieldDrafts[string] | undefined): string | null {
  const value = wireOf(field, draft)
  if (value === null) return null
  if (field.kind === 'number') return numberFault(field, value)
  const most = field.kind === 'long_text' ? 5000 : field.kind === 'text' ? (field.settings.max ?? 255) : null
  const length = most === null ? 0 : [...String(value)].length
  return most !== null && length > most ? t('rule.atMost', { most, now: length }) : null
}

/** The rules of the own fields, by path. What has long been missing does not stop other work. */
export function ownRules({ fields, known, before, facts }: OwnForm): Record<string, Rule<unknown>> {
  const rule = (field: OwnField): Rule<unknown> => (draft) => {
    const { visible, required } = fieldState(field, known, facts())
    const empty = wireOf(field, draft as FieldDrafts[string]) === null
    const asked = before === null || wireOf(field, before[field.name]) !== null
    if (empty) return visible && required && asked ? t('fields.fillIn', { label: field.label }) : null
    return fieldFault(field, draft as FieldDrafts[string])
  }
  return Object.fromEntries(fields.map((field) => [`custom.${field.name}`, rule(field)]))
}

/** The own fields of a form after a conflict: theirs, and of ours what was changed and chosen. */
export function mergedDrafts(fields: readonly OwnField[], mine: FieldDrafts, before: FieldDrafts, theirs: FieldDrafts, choice: Record<string, 'mine' | 'theirs'>): FieldDrafts {
  const kept = Object.keys(changedCustom(fields, mine, before)).filter((name) => choice[`custom.${name}`] !== 'theirs')
  return { ...theirs, ...Object.fromEntries(kept.map((name) => [name, mine[name] ?? null])) }
}

/** What is sent of a record about to be made, without the built-in fields that its maker may not write. */
export function writableOnly<B extends object>(kind: RecordKind | null, body: B, always: readonly string[] = []): B {
  if (!kind) return body
  const open = new Set([...always, 'custom', ...kind.fields.filter(({ writable }) => writable !== false).map(({ name }) => name)])
  return Object.fromEntries(Object.entries(body).filter(([name]) => open.has(name))) as B
}

const PREFIX = 'custom.'

/** The own field that a path such as `custom.c_level` speaks of. */
export function fieldAt(fields: readonly OwnField[], path: string): OwnField | null {
  return path.startsWith(PREFIX) ? (fields.find(({ name }) => name === path.slice(PREFIX.length)) ?? null) : null
}

/** A value out of a conflict in words; the names behind ids come from the records that have them. */
export function conflictText(field: OwnField, value: unknown, seen: readonly (Readonly<Record<string, unknown>> | undefined)[], nameOf: (id: string) => string | null): string {
  const refs = seen.flatMap((custom) => (custom?.[field.name] ?? []) as { id?: string; name?: string } | { id?: string; name?: string }[])
  return customText(field, value, (id) => refs.find((ref) => ref.id === id)?.name ?? nameOf(id))
}
