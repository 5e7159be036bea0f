import type { ValueForm } from '@guanxi/domain'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'

/** What purchases can be filtered by, as the address names it. */
export const PURCHASE_FILTERS = ['bought_on', 'product_id', 'customer_id', 'source', 'name', 'amount', 'reference', 'owner_id', 'department_id', 'created_at'] as const
export const PURCHASE_NUMBERS = ['amount'] as const

/** The columns of the list; those marked `extra` are hidden until chosen. */
export function purchaseColumns(): Column[] {
  return [
    { key: 'name', label: t('purchases.name'), width: 220, frozen: true, fixed: true },
    { key: 'customer', label: t('assets.customer'), width: 176 },
    { key: 'bought_on', label: t('purchases.boughtOn'), width: 116, sort: 'bought_on' },
    { key: 'quantity', label: t('purchases.quantity'), width: 96, align: 'end' },
    { key: 'amount', label: t('purchases.amount'), width: 120, align: 'end' },
    { key: 'source', label: t('purchases.source'), width: 96 },
    { key: 'reference', label: t('purchases.reference'), width: 140 },
    { key: 'owner', label: t('assets.owner'), width: 108 },
    { key: 'product', label: t('assets.product'), width: 160, extra: true },
    { key: 'created_by', label: t('assets.createdBy'), width: 108, extra: true },
    { key: 'created_at', label: t('assets.createdAt'), width: 116, sort: 'created_at', extra: true },
  ]
}

/** The filters of the list. */
export function purchaseFilters(): FilterField[] {
  return [
    { name: 'bought_on', label: t('purchases.boughtOn'), kind: 'day' },
    { name: 'product_id', label: t('assets.product'), kind: 'product' },
    { name: 'customer_id', label: t('assets.customer'), kind: 'customer' },
    { name: 'source', label: t('purchases.source'), kind: 'choice', options: (['hand', 'file', 'quote'] as const).map((value) => ({ value, label: tEnum('purchaseSource', value) })) },
    { name: 'name', label: t('purchases.name'), kind: 'text' },
    { name: 'amount', label: t('purchases.amount'), kind: 'money', currency: 'CNY' },
    { name: 'reference', label: t('purchases.reference'), kind: 'text' },
    { name: 'owner_id', label: t('assets.owner'), kind: 'user' },
    { name: 'department_id', label: tEnum('field', 'department'), kind: 'department' },
  ]
}

/** The orders of the list. */
export function purchaseSorts(): SortOption[] {
  const orders = ['-bought_on', 'bought_on', '-created_at', 'created_at'] as const
  return orders.map((value) => ({ value, label: t(`purchaseSort.${value}`) }))
}

/** How the values of filters are written that are no text. */
export const purchaseForm = (name: string): ValueForm | undefined => (name === 'bought_on' ? 'day' : undefined)
