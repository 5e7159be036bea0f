import { wallTime } from './dates'
import type { Facts } from './conditions'
import type { OwnField } from './fields'

/** A file as an own field shows it. */
export interface FileRef {
  id: string
  name: string
  kind: 'picture' | 'document' | 'text' | 'audio' | 'archive'
  media_type: string
  size: number
  has_thumbnail: boolean
}

/** What stands in a form for one own field: text as it is typed, null or an empty list for nothing. */
export type FieldDraft = string | string[] | FileRef[] | boolean | { amount: number; currency: string } | null
export type FieldDrafts = Record<string, FieldDraft>

/** Whoever fills the form in, and when: what defaults ask for. */
export interface Filler {
  me: string | null
  timeZone: string
  now?: Date
}

const TYPED = new Set(['text', 'long_text', 'number', 'date'])
const REFERRING = new Set(['user', 'department', 'record'])

/** A value as it stands in a form. */
export function draftOf({ kind }: OwnField, value: unknown): FieldDraft {
  if (value === null || value === undefined) return kind === 'multi_choice' || kind === 'file' ? [] : TYPED.has(kind) ? '' : null
  if (REFERRING.has(kind) && typeof value === 'object') return (value as { id: string }).id
  return kind === 'number' ? String(value) : (value as FieldDraft)
}

/** A number as it was typed; what is none goes to the server as it is, which says what is wrong with it. */
function numberOf(typed: string): number | string | null {
  const text = typed.normalize('NFKC').replace(/[\s,]/g, '')
  if (text === '') return null
  return /^[-+]?\d+(\.\d+)?$/.test(text) ? Number(text) : typed
}

/** What a form holds as it is sent; null for nothing. */
export function wireOf({ kind }: OwnField, draft: FieldDraft | undefined): unknown {
  if (draft === null || draft === undefined) return null
  if (kind === 'number') return numberOf(String(draft))
  if (typeof draft === 'string') return draft.trim() || null
  if (kind === 'file' && Array.isArray(draft)) return draft.length ? (draft as FileRef[]).map(({ id }) => id) : null
  return Array.isArray(draft) && draft.length === 0 ? null : draft
}

/** What a form starts with, for records about to be made. */
export function defaultDraft(field: OwnField, { me, timeZone, now = new Date() }: Filler): FieldDraft {
  const given = field.kind === 'formula' ? null : field.default
  if (field.kind === 'user' && given === 'me') return me
  if (field.kind === 'date' && given === 'today') return wallTime(now.toISOString(), timeZone).slice(0, 10)
  return draftOf(field, given)
}

/** Drafts of all own fields of a record that is there. */
export function draftsOf(fields: readonly OwnField[], custom: Readonly<Record<string, unknown>>): FieldDrafts {
  return Object.fromEntries(fields.map((field) => [field.name, draftOf(field, custom[field.name])]))
}

/** Drafts of all own fields of a record about to be made. */
export function freshDrafts(fields: readonly OwnField[], filler: Filler): FieldDrafts {
  return Object.fromEntries(fields.map((field) => [field.name, defaultDraft(field, filler)]))
}

const written = (value: unknown): string => JSON.stringify(value)

/** Only what differs between two states of a form, as it is sent. Formulas are the server's. */
export function changedCustom(fields: readonly OwnField[], now: FieldDrafts, before: FieldDrafts): Record<string, unknown> {
  const pairs = fields
    .filter(({ kind }) => kind !== 'formula')
    .map((field) => [field.name, wireOf(field, now[field.name]), wireOf(field, before[field.name])] as const)
  return Object.fromEntries(pairs.filter(([, mine, theirs]) => written(mine) !== written(theirs)).map(([name, mine]) => [name, mine]))
}

/** What conditions see of a form: built-in values as they are sent, and the own fields. */
export function factsOf(fields: readonly OwnField[], builtIn: Facts, drafts: FieldDrafts): Facts {
  return { ...builtIn, ...Object.fromEntries(fields.map((field) => [field.name, wireOf(field, drafts[field.name])])) }
}
