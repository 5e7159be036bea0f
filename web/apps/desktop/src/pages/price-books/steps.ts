import type { PriceLine, UnpricedProduct } from '@guanxi/client'
import { minorDigits, parseMoney, parseQuantity } from '@guanxi/domain'
import { t } from '@/i18n'

/** One price as it is typed: from which quantity on, the price, and below which it should not be sold. */
export interface Step {
  key: number
  /** Empty for any quantity. */
  from: string
  price: string
  floor: string
}

/** A product in a price book with all its steps, and whether they are other than those that are kept. */
export interface Entry {
  id: string
  name: string
  code: string | null
  unit: string | null
  list: number | null
  steps: Step[]
  base: string
  dirty: boolean
}

/** What is sent of a step. */
export interface StepBody {
  from_quantity: string
  unit_price: number
  floor_price?: number | null
}

export type Column = 'from' | 'price' | 'floor'
/** What is wrong, by cell. */
export type Faults = Record<string, string>

let lastKey = 0

/** The name of a cell in what is wrong. */
export const cellOf = (entry: string, step: number, column: Column): string => `${entry}:${step}:${column}`

/** An amount in minor units as one types it. */
export function typedAmount(amount: number | null, currency: string): string {
  return amount === null ? '' : (amount / 10 ** minorDigits(currency)).toFixed(minorDigits(currency))
}

/** A step that was not there before. */
export function freshStep(price = '', from = ''): Step {
  lastKey += 1
  return { key: lastKey, from, price, floor: '' }
}

/** The same text for the same prices, however they are typed. */
export function signature(steps: readonly Step[], currency: string): string {
  const plain = ({ from, price, floor }: Step): unknown[] => [parseQuantity(from) ?? '0', parseMoney(price, currency), parseMoney(floor, currency)]
  return JSON.stringify(steps.map(plain))
}

/** The products of a page of prices; their lines stand together. */
export function entriesOf(lines: readonly PriceLine[], currency: string): Entry[] {
  const found = new Map<string, Entry>()
  for (const { product, code, unit, list_price, from_quantity, unit_price, floor_price } of lines) {
    const entry = found.get(product.id) ?? { id: product.id, name: product.name, code, unit, list: list_price, steps: [], base: '', dirty: false }
    lastKey += 1
    entry.steps.push({ key: lastKey, from: from_quantity === '0' ? '' : from_quantity, price: typedAmount(unit_price, currency), floor: typedAmount(floor_price, currency) })
    found.set(product.id, entry)
  }
  for (const entry of found.values()) entry.base = signature(entry.steps, currency)
  return [...found.values()]
}

/** A product that is put into the book: its list price to begin with. */
export function addedEntry({ id, name, code, unit, list_price }: UnpricedProduct, currency: string): Entry {
  return { id, name, code, unit, list: list_price, steps: [freshStep(typedAmount(list_price, currency))], base: '[]', dirty: true }
}

/** What is wrong with the steps of a product, by cell. */
export function faultsOf(entry: Entry, currency: string): Faults {
  const faults: Faults = {}
  const seen = new Set<unknown>()
  for (const { key, from, price, floor } of entry.steps) {
    const [quantity, amount, least] = [parseQuantity(from) ?? '0', parseMoney(price, currency), parseMoney(floor, currency)]
    if (Number.isNaN(quantity)) faults[cellOf(entry.id, key, 'from')] = t('priceLines.fromWrong')
    else if (seen.has(quantity)) faults[cellOf(entry.id, key, 'from')] = t('priceLines.fromTwice')
    seen.add(quantity)
    if (amount === null) faults[cellOf(entry.id, key, 'price')] = t('priceLines.priceEmpty')
    else if (!(amount >= 0)) faults[cellOf(entry.id, key, 'price')] = t('priceLines.priceWrong')
    if (least !== null && !(least >= 0)) faults[cellOf(entry.id, key, 'floor')] = t('priceLines.floorWrong')
    else if (least !== null && amount !== null && least > amount) faults[cellOf(entry.id, key, 'floor')] = t('priceLines.floorAbove')
  }
  return faults
}

/** What is sent of a product; floor prices only by whoever sees them. */
export function bodyOf(entry: Entry, currency: string, floors: boolean): { product_id: string; steps: StepBody[] } {
  const steps = entry.steps.map(({ from, price, floor }) => ({
    from_quantity: String(parseQuantity(from) ?? '0'),
    unit_price: parseMoney(price, currency) ?? 0,
    ...(floors ? { floor_price: parseMoney(floor, currency) } : {}),
  }))
  return { product_id: entry.id, steps }
}

const COLUMNS: Record<string, Column> = { from_quantity: 'from', unit_price: 'price', floor_price: 'floor' }

/** The cell that the server speaks of in `products.2.steps.0.unit_price`. */
export function cellAt(field: string, entries: readonly Entry[]): string | null {
  const match = /^products\.(\d+)(?:\.steps\.(\d+))?(?:\.(\w+))?/.exec(field)
  const entry = match && entries[Number(match[1])]
  const step = entry?.steps[Number(match?.[2] ?? 0)] ?? entry?.steps[0]
  return entry && step ? cellOf(entry.id, step.key, COLUMNS[match?.[3] ?? ''] ?? 'price') : null
}
