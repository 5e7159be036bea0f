import { fieldLabel } from '@/changes'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'
import type { CategoryLine } from './categories'

/** What the catalogue can be filtered by, as its address names it. */
export const PRODUCT_FILTERS = ['state', 'category_id', 'list_price', 'floor_price', 'cost', 'unit', 'code', 'specification', 'updated_at', 'created_at'] as const
export const PRODUCT_NUMBERS = ['list_price', 'floor_price', 'cost'] as const
export const PRODUCT_STATES = ['active', 'retired'] as const

/** The columns of the catalogue; those marked `extra` are hidden until chosen. */
export function productColumns(): Column[] {
  return [
    { key: 'name', label: t('products.name'), width: 220, frozen: true, fixed: true, sort: 'name' },
    { key: 'code', label: fieldLabel('code', 'product'), width: 116, sort: 'code' },
    { key: 'category', label: fieldLabel('category'), width: 108 },
    { key: 'specification', label: fieldLabel('specification'), width: 176 },
    { key: 'list_price', label: fieldLabel('list_price'), width: 120, align: 'end', sort: 'list_price' },
    { key: 'unit', label: fieldLabel('unit'), width: 64 },
    { key: 'state', label: fieldLabel('state'), width: 88 },
    { key: 'floor_price', label: fieldLabel('floor_price'), width: 132, align: 'end' },
    { key: 'cost', label: fieldLabel('cost'), width: 132, align: 'end' },
    { key: 'updated_at', label: t('products.updated'), width: 116, sort: 'updated_at' },
    { key: 'tax_rate', label: fieldLabel('tax_rate'), width: 80, align: 'end', extra: true },
    { key: 'description', label: fieldLabel('description'), width: 220, extra: true },
    { key: 'created_by', label: t('products.createdBy'), width: 108, extra: true },
    { key: 'created_at', label: t('products.createdAt'), width: 116, sort: 'created_at', extra: true },
  ]
}

/** The filters of the catalogue. */
export function productFilters(categories: readonly CategoryLine[]): FilterField[] {
  const money = (name: string): FilterField => ({ name, label: fieldLabel(name), kind: 'money', currency: 'CNY' })
  return [
    { name: 'state', label: fieldLabel('state'), kind: 'choice', options: PRODUCT_STATES.map((value) => ({ value, label: tEnum('productState', value) })) },
    { name: 'category_id', label: fieldLabel('category'), kind: 'choice', options: categories.map(({ category, depth }) => ({ value: category.id, label: `${'　'.repeat(depth)}${category.name}` })) },
    money('list_price'),
    money('floor_price'),
    money('cost'),
    { name: 'unit', label: fieldLabel('unit'), kind: 'text' },
    { name: 'updated_at', label: t('products.updated'), kind: 'date' },
    { name: 'created_at', label: t('products.createdAt'), kind: 'date' },
  ]
}

/** The orders of the catalogue. */
export function productSorts(): SortOption[] {
  const orders = ['-updated_at', 'updated_at', 'name', '-name', 'code', '-code', 'list_price', '-list_price', '-created_at', 'created_at'] as const
  return orders.map((value) => ({ value, label: t(`productSort.${value}`) }))
}
