import type { Import, Job } from '@guanxi/client'

type Column = Import['columns'][number]
type Unmapped = Import['unmapped_values']

/** What a person decided that is not part of the mapping itself. */
export interface Marks {
  /** Columns that are knowingly left out. */
  skipped: number[]
  /** Columns whose guess was looked at and found right. */
  confirmed: number[]
}

/** What is known of a column: `values` waits for words to be explained, `confirm` for a nod, `todo` for a choice. */
export type ColumnState = 'auto' | 'chosen' | 'values' | 'confirm' | 'todo' | 'skip'

/** The field of each column, by index; columns that are not imported are missing. */
export type Columns = Record<string, string>

/** What is done with rows: by what customers are recognised, with those found, and with those not found. */
export type ImportRules = Pick<Import['mapping'], 'match_by' | 'on_duplicate' | 'on_missing'>
/** What the rows of a file are. */
export type ImportType = Import['type']
/** The words about what is imported. */
export const IMPORT_WORDS = { customer: 'importCustomer', contact: 'importContact', product: 'importProduct', asset: 'importAsset', purchase: 'importPurchase' } as const
/** Where what was imported is listed, and what changing it takes. */
export const IMPORT_LISTS: Readonly<Record<ImportType, string>> = { customer: '/customers', contact: '/contacts', product: '/products', asset: '/equipment', purchase: '/purchases' }
export const IMPORT_UPDATES: Readonly<Record<ImportType, string>> = { customer: 'customer:update', contact: 'contact:update', product: 'product:manage', asset: 'asset:update', purchase: 'asset:update' }
export type MatchWay = ImportRules['match_by']

const COLUMNS: Readonly<Record<MatchWay, readonly string[]>> = { name: ['name'], id: ['id'], credit_code: ['credit_code'], phone: ['mobile', 'phone'], code: ['code'], serial: ['serial'], document: [] }
const WAYS: Readonly<Record<ImportType, readonly MatchWay[]>> = { customer: ['name', 'id', 'credit_code', 'phone'], contact: ['name', 'id'], product: ['code', 'name', 'id'], asset: ['serial', 'name', 'id'], purchase: ['document', 'id'] }
/** Without one of each nothing can be made: what stands at a customer may be called as its product. */
const NEEDED: Readonly<Record<ImportType, readonly (readonly string[])[]>> = {
  customer: [['name']],
  contact: [['name']],
  product: [['name'], ['list_price']],
  asset: [['name', 'product'], ['customer']],
  purchase: [['name', 'product'], ['customer'], ['bought_on']],
}

/** Whether all has a column without which nothing new can be made of the rows. */
export function hasNeeded(mapped: readonly string[], type: ImportType = 'customer'): boolean {
  return NEEDED[type].every((fields) => fields.some((field) => mapped.includes(field)))
}

/** By what records can be recognised, when these fields have a column; what stands at a customer counts there. */
export function waysOf(mapped: readonly string[], type: ImportType = 'customer'): MatchWay[] {
  return WAYS[type].filter((way) => COLUMNS[way].length === 0 || COLUMNS[way].some((field) => mapped.includes(field)))
}

/** Whether rows may become new customers, so that they need a name. */
export function makesNew({ on_duplicate, on_missing }: ImportRules): boolean {
  return on_duplicate !== 'update' || on_missing !== 'skip'
}

/** How far a column is. */
export function columnState(column: Column, columns: Columns, marks: Marks, unmapped: Unmapped): ColumnState {
  const field = columns[column.index]
  // A column that our own files only tell is surely nothing.
  if (!field) return marks.skipped.includes(column.index) || isBlank(column) || (!column.suggestion && column.confidence === 'sure') ? 'skip' : 'todo'
  if (unmapped[field]?.length) return 'values'
  if (field !== column.suggestion) return 'chosen'
  return column.confidence === 'likely' && !marks.confirmed.includes(column.index) ? 'confirm' : 'auto'
}

/** True for a column in which nothing stands. */
export function isBlank(column: Column): boolean {
  return column.samples.every((sample) => sample.trim() === '')
}

/** The other column that a field is given to, if any. */
export function takenBy(all: readonly Column[], columns: Columns, field: string, index: number): Column | null {
  return all.find((column) => column.index !== index && columns[column.index] === field) ?? null
}

/** The columns with one of them given to a field, or to none; a field is taken away from the column that had it. */
export function withColumn(columns: Columns, index: number, field: string | null): Columns {
  const rest = Object.fromEntries(Object.entries(columns).filter(([other, taken]) => other !== String(index) && taken !== field))
  return field ? { ...rest, [index]: field } : rest
}

/** One word of the file and what it means here: a choice, nothing (null), or not decided yet (undefined). */
export interface WordChoice {
  word: string
  /** How often it was seen; null for one decided earlier. */
  count: number | null
  choice: string | null | undefined
}

/** The words of a field that need a meaning: those still open, with the guess filled in, then those decided before. */
export function wordsOf(field: string, values: Import['mapping']['values'], unmapped: Unmapped): WordChoice[] {
  const open = (unmapped[field] ?? []).map(({ value, count, suggestion }) => ({ word: value, count, choice: suggestion ?? undefined }))
  const known = new Set(open.map(({ word }) => word))
  const decided = Object.entries(values[field] ?? {}).filter(([word]) => !known.has(word))
  return [...open, ...decided.map(([word, choice]) => ({ word, count: null, choice: choice as string | null }))]
}

/** The meanings as they are sent; what was left undecided stays out. */
export function decidedWords(words: readonly WordChoice[]): Record<string, string | null> {
  return Object.fromEntries(words.flatMap(({ word, choice }) => (choice === undefined ? [] : [[word, choice]])))
}

/** The share of a size in bytes that has arrived, in whole percent. */
export function percent(sent: number, size: number): number {
  return size > 0 ? Math.min(100, Math.floor((sent / size) * 100)) : 0
}

/** A size in bytes as people read it: 980 B, 12.4 KB, 200 MB. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB']
  return `${value >= 100 ? Math.round(value) : Math.round(value * 10) / 10} ${unit}`
}

type OwnWords = Exclude<ImportType, 'customer' | 'contact'>
/** The word for what an import did or would do with what is imported. */
export function effectWord<T extends string>(name: T, type: ImportType): T | `${OwnWords}_${'created' | 'updated'}` {
  if (type === 'customer' || type === 'contact') return name
  return name === 'created' ? `${type}_created` : name === 'updated' ? `${type}_updated` : name
}

/** What an import did or would do, without what it did not; in the order in which it is told. */
export function toldEffects(effects: NonNullable<Job['effects']>): [keyof NonNullable<Job['effects']>, number][] {
  const order = ['created', 'updated', 'contacts_created', 'contacts_updated', 'unchanged'] as const
  return order.flatMap((name) => (effects[name] ? [[name, effects[name]] as [typeof name, number]] : []))
}
