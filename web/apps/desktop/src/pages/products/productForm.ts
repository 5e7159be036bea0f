import type { Money, Product, ProductDetail, ProductIn } from '@guanxi/client'
import { changedCustom, draftsOf, freshDrafts, type Facts, type FieldDrafts, type Filler, type OwnField } from '@guanxi/domain'
import { mergedDrafts } from '@/components/fields/ownFields'
import { all, atMost, required } from '@/composables/rules'
import type { Rule } from '@/composables/useForm'
import { t } from '@/i18n'

export const AMOUNTS = ['list_price', 'floor_price', 'cost'] as const

/** A product as the form holds it: empty text instead of nothing. */
export interface ProductValues {
  name: string
  code: string
  category_id: string | null
  unit: string
  specification: string
  description: string
  list_price: Money | null
  floor_price: Money | null
  cost: Money | null
  /** In per cent, as typed. */
  tax_rate: string
  image_id: string | null
  /** The company's own fields, by name. */
  custom: FieldDrafts
}

const text = (value: string): string | null => value.trim() || null

/** An empty form. */
export function blankProduct(own: readonly OwnField[] = [], filler: Filler = { me: null, timeZone: 'Asia/Shanghai' }, category: string | null = null): ProductValues {
  return {
    name: '', code: '', category_id: category, unit: '', specification: '', description: '', list_price: null, floor_price: null, cost: null,
    tax_rate: '', image_id: null, custom: freshDrafts(own, filler),
  }
}

/** A product's values for editing. */
export function valuesOf(product: Product | ProductDetail, own: readonly OwnField[] = []): ProductValues {
  return {
    name: product.name,
    code: product.code ?? '',
    category_id: product.category?.id ?? null,
    unit: product.unit ?? '',
    specification: product.specification ?? '',
    description: product.description ?? '',
    list_price: product.list_price,
    floor_price: product.floor_price,
    cost: product.cost,
    tax_rate: product.tax_rate === null ? '' : String(product.tax_rate / 100),
    image_id: product.image?.id ?? null,
    custom: draftsOf(own, product.custom ?? {}),
  }
}

/** What is sent of the built-in fields: empty text as nothing. */
export function bodyOf(values: ProductValues): ProductIn {
  return {
    ...values,
    name: values.name.trim(),
    code: text(values.code),
    unit: text(values.unit),
    specification: text(values.specification),
    description: text(values.description),
    tax_rate: values.tax_rate.trim() ? Math.round(Number(values.tax_rate) * 100) : null,
    custom: undefined,
  } as ProductIn
}

/** What is sent of a product about to be made; own fields left as they start are the server's to fill. */
export function creationOf(values: ProductValues, fresh: ProductValues, own: readonly OwnField[]): ProductIn {
  return { ...bodyOf(values), custom: changedCustom(own, values.custom, fresh.custom) }
}

/** Only what differs from the record as it was read. */
export function changesOf(values: ProductValues, before: ProductValues, own: readonly OwnField[] = []): Partial<ProductIn> {
  const now = bodyOf(values) as Record<string, unknown>
  const then = bodyOf(before) as Record<string, unknown>
  const custom = changedCustom(own, values.custom, before.custom)
  const changed = Object.fromEntries(Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(then[key])))
  return (Object.keys(custom).length ? { ...changed, custom } : changed) as Partial<ProductIn>
}

/** What conditions see of the built-in fields. */
export function builtInFacts(values: ProductValues): Facts {
  return bodyOf(values) as unknown as Facts
}

/** The form's values once a conflict was decided: theirs, and of ours what was changed and chosen. */
export function mergedValues(mine: ProductValues, before: ProductValues, theirs: ProductValues, choice: Record<string, 'mine' | 'theirs'>, fields: readonly OwnField[] = []): ProductValues {
  const kept = Object.keys(changesOf(mine, before)).filter((field) => choice[field] !== 'theirs' && choice[field.replace(/_id$/, '')] !== 'theirs')
  const own = mine as unknown as Record<string, unknown>
  const custom = mergedDrafts(fields, mine.custom, before.custom, theirs.custom, choice)
  return { ...theirs, ...Object.fromEntries(kept.map((field) => [field, own[field]])), custom }
}

/** Refuses what is no percentage with at most two decimals. */
export const percentage: Rule<unknown> = (value) => {
  const typed = String(value ?? '').trim()
  if (typed === '') return null
  return /^\d{1,3}(\.\d{1,2})?$/.test(typed) && Number(typed) <= 100 ? null : t('products.taxWrong')
}

/** The rules of what many products can share, by path. */
export const SHARED_RULES: Record<string, Rule<unknown>> = { unit: atMost(20), description: atMost(5000), tax_rate: percentage }

/** The rules of the form, by path. */
export const productRules: Record<string, Rule<unknown>> = {
  ...SHARED_RULES,
  name: all(required('products.nameEmpty'), atMost(200)),
  code: atMost(50),
  specification: atMost(500),
  list_price: required('products.priceEmpty'),
}
