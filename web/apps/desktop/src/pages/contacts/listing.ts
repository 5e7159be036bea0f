import { BUYING_ROLES } from '@guanxi/domain'
import { fieldLabel } from '@/changes'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'

/** What the list of contacts can be filtered by, as its address names it. */
export const CONTACT_FILTERS = ['role', 'owner_id', 'title', 'updated_at', 'created_at', 'customer_id'] as const

/** The columns of the list of contacts; those marked `extra` are hidden until chosen. */
export function contactColumns(): Column[] {
  return [
    { key: 'name', label: t('contacts.name'), width: 200, frozen: true, fixed: true, sort: 'name' },
    { key: 'customer', label: t('contacts.customer'), width: 240 },
    { key: 'title', label: fieldLabel('title'), width: 140 },
    { key: 'role', label: fieldLabel('role'), width: 96 },
    { key: 'phone', label: t('contacts.phone'), width: 132 },
    { key: 'wechat', label: fieldLabel('wechat'), width: 128 },
    { key: 'owner', label: fieldLabel('owner'), width: 108 },
    { key: 'updated_at', label: t('contacts.updated'), width: 116, sort: 'updated_at' },
    { key: 'email', label: fieldLabel('email'), width: 180, extra: true },
    { key: 'birthday', label: fieldLabel('birthday'), width: 132, extra: true },
    { key: 'department_name', label: fieldLabel('department_name'), width: 120, extra: true },
    { key: 'created_at', label: t('contacts.createdAt'), width: 116, sort: 'created_at', extra: true },
  ]
}

/** The filters of the list of contacts. */
export function contactFilters(): FilterField[] {
  return [
    { name: 'role', label: fieldLabel('role'), kind: 'choice', options: BUYING_ROLES.map((value) => ({ value, label: tEnum('buyingRole', value) })) },
    { name: 'owner_id', label: fieldLabel('owner'), kind: 'user' },
    { name: 'title', label: fieldLabel('title'), kind: 'text' },
    { name: 'updated_at', label: t('contacts.updated'), kind: 'date' },
    { name: 'created_at', label: t('contacts.createdAt'), kind: 'date' },
  ]
}

/** The orders of the list of contacts. */
export function contactSorts(): SortOption[] {
  const orders = ['-updated_at', 'updated_at', '-created_at', 'created_at', 'name', '-name'] as const
  return orders.map((value) => ({ value, label: t(`contactSort.${value}`) }))
}
