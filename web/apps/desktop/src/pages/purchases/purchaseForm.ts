import type { Money, Purchase, PurchaseIn, PurchasePatch } from '@guanxi/client'
import { parseQuantity, type FieldDrafts } from '@guanxi/domain'
import { all, atMost, required } from '@/composables/rules'
import type { Rule } from '@/composables/useForm'
import { t } from '@/i18n'
import { today } from '../assets/dueDays'

/** A purchase as the form holds it: empty text instead of nothing. */
export interface PurchaseValues {
  customer_id: string | null
  product_id: string | null
  name: string
  quantity: string
  unit: string
  amount: Money | null
  bought_on: string
  reference: string
  remark: string
  custom: FieldDrafts
}

/** An empty form: something bought today. */
export function blankPurchase(customerId: string | null, custom: FieldDrafts = {}): PurchaseValues {
  return { customer_id: customerId, product_id: null, name: '', quantity: '1', unit: '', amount: null, bought_on: today(), reference: '', remark: '', custom }
}

/** A purchase's values for editing. */
export function valuesOf(purchase: Purchase, custom: FieldDrafts = {}): PurchaseValues {
  return {
    customer_id: purchase.customer.id,
    product_id: purchase.product?.id ?? null,
    name: purchase.name,
    quantity: purchase.quantity ?? '',
    unit: purchase.unit ?? '',
    amount: purchase.amount && { ...purchase.amount },
    bought_on: purchase.bought_on,
    reference: purchase.reference ?? '',
    remark: purchase.remark ?? '',
    custom,
  }
}

/** What is sent of a form: empty text as nothing. */
export function bodyOf(values: PurchaseValues): PurchaseIn {
  return {
    customer_id: values.customer_id ?? '',
    product_id: values.product_id || null,
    name: values.name.trim() || null,
    quantity: values.quantity.trim() ? String(parseQuantity(values.quantity) ?? '0') : null,
    unit: values.unit.trim() || null,
    amount: values.amount,
    bought_on: values.bought_on,
    reference: values.reference.trim() || null,
    remark: values.remark.trim() || null,
  } as PurchaseIn
}

/** Only what differs from the purchase as it was read. */
export function changesOf(values: PurchaseValues, before: PurchaseValues): PurchasePatch {
  const now = bodyOf(values) as Record<string, unknown>
  const then = bodyOf(before) as Record<string, unknown>
  return Object.fromEntries(Object.entries(now).filter(([key, value]) => key !== 'customer_id' && JSON.stringify(value) !== JSON.stringify(then[key]))) as PurchasePatch
}

function quantityFault(value: unknown): string | null {
  const text = String(value ?? '').trim()
  if (!text) return null
  const read = parseQuantity(text)
  return typeof read === 'string' && read !== '0' ? null : t('purchases.quantityWrong')
}

/** The rules of the form, by path; what is edited always has a name. */
export const purchaseRules = (edited: boolean): Record<string, Rule<PurchaseValues>> => ({
  customer_id: required('purchases.customerEmpty'),
  name: (value, values) => (!String(value ?? '').trim() && (edited || !values.product_id) ? t('purchases.nameEmpty') : atMost(200)(value, null)),
  quantity: quantityFault,
  unit: atMost(20),
  bought_on: all(required('purchases.boughtOnEmpty'), (value) => (String(value) > today() ? t('purchases.notYet') : null)),
  reference: atMost(100),
  remark: atMost(2000),
})
