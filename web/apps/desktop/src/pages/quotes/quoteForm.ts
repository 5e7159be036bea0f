import type { QuoteDetail, QuoteIn, QuotePreview } from '@guanxi/client'
import { changedCustom, draftsOf, freshDrafts, minorDigits, parseMoney, parsePerCent, parseQuantity, type FieldDrafts, type Filler, type OwnField } from '@guanxi/domain'
import { all, atMost, required } from '@/composables/rules'
import type { Rule } from '@/composables/useForm'
import { t } from '@/i18n'
import { parseDiscount, typedDiscount } from './wording'

/** A line as the form holds it: what is typed. */
export interface LineValues {
  key: number
  id: string | null
  product_id: string | null
  name: string
  code: string
  specification: string
  unit: string
  quantity: string
  /** Empty: the price that holds. */
  price: string
  discount: string
  /** In per cent. */
  tax: string
  note: string
}

/** A quote as the form holds it. */
export interface QuoteValues {
  title: string
  customer_id: string | null
  contact_id: string | null
  currency: string
  with_tax: boolean
  valid_until: string
  terms: string
  remark: string
  discount: string
  lines: LineValues[]
  custom: FieldDrafts
}

let lastKey = 0

/** A line of a product, or of free text. */
export function freshLine(product: { id: string; name: string; code?: string | null; specification?: string | null; unit?: string | null } | null): LineValues {
  lastKey += 1
  return { key: lastKey, id: null, product_id: product?.id ?? null, name: product?.name ?? '', code: product?.code ?? '', specification: product?.specification ?? '', unit: product?.unit ?? '', quantity: '1', price: '', discount: '', tax: product ? '' : '13', note: '' }
}

/** An empty form. */
export function blankQuote(own: readonly OwnField[], filler: Filler, customer: string | null, validUntil: string): QuoteValues {
  return { title: '', customer_id: customer, contact_id: null, currency: 'CNY', with_tax: true, valid_until: validUntil, terms: '', remark: '', discount: '', lines: [], custom: freshDrafts(own, filler) }
}

/** A quote's values for editing; `copied` ones are of no quote yet. */
export function valuesOf(quote: QuoteDetail, own: readonly OwnField[], copied = false): QuoteValues {
  const { currency } = quote
  const typed = (amount: number): string => (amount / 10 ** minorDigits(currency)).toFixed(minorDigits(currency))
  return {
    title: quote.title,
    customer_id: quote.customer.id,
    contact_id: quote.contact?.id ?? null,
    currency,
    with_tax: quote.with_tax,
    valid_until: copied ? '' : (quote.valid_until ?? ''),
    terms: quote.terms ?? '',
    remark: quote.remark ?? '',
    discount: typedDiscount(quote.discount, currency),
    lines: quote.lines.map((line) => {
      lastKey += 1
      return {
        key: lastKey, id: copied ? null : line.id, product_id: line.product_id, name: line.name, code: line.code ?? '', specification: line.specification ?? '', unit: line.unit ?? '',
        quantity: line.quantity, price: typed(line.unit_price), discount: typedDiscount(line.discount, currency), tax: String(line.tax_rate / 100), note: line.note ?? '',
      }
    }),
    custom: draftsOf(own, quote.custom ?? {}),
  }
}

const orNull = (text: string): string | null => text.trim() || null

/** What is sent of the lines. */
export function linesOf({ lines, currency }: Pick<QuoteValues, 'lines' | 'currency'>): NonNullable<QuoteIn['lines']> {
  return lines.map((line) => ({
    id: line.id,
    product_id: line.product_id,
    name: orNull(line.name),
    code: orNull(line.code),
    specification: orNull(line.specification),
    unit: orNull(line.unit),
    quantity: String(parseQuantity(line.quantity) ?? '0'),
    unit_price: parseMoney(line.price, currency),
    tax_rate: parsePerCent(line.tax),
    discount: parseDiscount(line.discount, currency) ?? { rate: 0, amount: 0 },
    note: orNull(line.note),
  })) as NonNullable<QuoteIn['lines']>
}

/** What is sent of a quote. */
export function bodyOf(values: QuoteValues, before: QuoteValues | null, own: readonly OwnField[], fresh: QuoteValues): QuoteIn {
  const custom = changedCustom(own, values.custom, (before ?? fresh).custom)
  return {
    title: values.title.trim(),
    customer_id: values.customer_id ?? '',
    contact_id: values.contact_id,
    currency: values.currency as QuoteIn['currency'],
    with_tax: values.with_tax,
    valid_until: values.valid_until || null,
    terms: orNull(values.terms),
    remark: orNull(values.remark),
    discount: parseDiscount(values.discount, values.currency) ?? { rate: 0, amount: 0 },
    lines: linesOf(values),
    ...(Object.keys(custom).length ? { custom } : {}),
  } as QuoteIn
}

/** What is wrong with the lines, by the names under which the server speaks of them; what is missing only if that is asked for. */
export function lineFaults({ lines, currency }: Pick<QuoteValues, 'lines' | 'currency'>, { missing } = { missing: true }): Record<string, string> {
  const faults: Record<string, string> = {}
  lines.forEach((line, place) => {
    const quantity = parseQuantity(line.quantity)
    const price = parseMoney(line.price, currency)
    const tax = parsePerCent(line.tax)
    if (missing && !line.name.trim()) faults[`lines.${place}.name`] = t('quoteLines.nameEmpty')
    if (quantity === null ? missing : typeof quantity !== 'string' || quantity === '0') faults[`lines.${place}.quantity`] = t('quoteLines.quantityWrong')
    if (price === null ? missing && line.product_id === null : !(price >= 0)) faults[`lines.${place}.unit_price`] = t(price === null ? 'quoteLines.priceEmpty' : 'quoteLines.priceWrong')
    if (parseDiscount(line.discount, currency) === null) faults[`lines.${place}.discount`] = t('quoteLines.discountWrong')
    if (tax !== null && !(tax >= 0 && tax <= 10_000)) faults[`lines.${place}.tax_rate`] = t('quoteLines.taxWrong')
  })
  return faults
}

/** The rules of the form, by path. */
export function quoteRules(currency: () => string): Record<string, Rule<unknown>> {
  return {
    title: all(required('quoteForm.titleEmpty'), atMost(120)),
    customer_id: required('quoteForm.customerEmpty'),
    terms: atMost(5000),
    remark: atMost(2000),
    discount: (value) => (parseDiscount(String(value ?? ''), currency()) ? null : t('quoteForm.discountWrong')),
  }
}

export type WorkedLine = QuotePreview['lines'][number]
