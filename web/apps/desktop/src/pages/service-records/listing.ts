import type { ValueForm } from '@guanxi/domain'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'
import { SERVICE_KINDS } from './serviceForm'

/** What service records can be filtered by, as the address names it. */
export const SERVICE_FILTERS = ['kind', 'done_on', 'next_due_on', 'customer_id', 'done_by_id', 'owner_id', 'department_id', 'content', 'fee', 'created_at'] as const
export const SERVICE_NUMBERS = ['fee'] as const

/** The columns of the list; those marked `extra` are hidden until chosen. */
export function serviceColumns(): Column[] {
  return [
    { key: 'content', label: t('serviceRecords.content'), width: 260, frozen: true, fixed: true },
    { key: 'kind', label: t('serviceRecords.kind'), width: 84 },
    { key: 'done_on', label: t('serviceRecords.doneOn'), width: 116, sort: 'done_on' },
    { key: 'customer', label: t('assets.customer'), width: 176 },
    { key: 'asset', label: t('serviceRecords.asset'), width: 176 },
    { key: 'done_by', label: t('serviceRecords.doneBy'), width: 108 },
    { key: 'next_due_on', label: t('serviceRecords.nextDue'), width: 116 },
    { key: 'fee', label: t('serviceRecords.fee'), width: 108, align: 'end' },
    { key: 'asset_serial', label: t('assets.serial'), width: 132, extra: true },
    { key: 'owner', label: t('assets.owner'), width: 108, extra: true },
    { key: 'created_by', label: t('assets.createdBy'), width: 108, extra: true },
    { key: 'created_at', label: t('assets.createdAt'), width: 116, sort: 'created_at', extra: true },
  ]
}

/** The filters of the list. */
export function serviceFilters(): FilterField[] {
  return [
    { name: 'kind', label: t('serviceRecords.kind'), kind: 'choice', options: SERVICE_KINDS.map((value) => ({ value, label: tEnum('serviceKind', value) })) },
    { name: 'done_on', label: t('serviceRecords.doneOn'), kind: 'day' },
    { name: 'next_due_on', label: t('serviceRecords.nextDue'), kind: 'day' },
    { name: 'customer_id', label: t('assets.customer'), kind: 'customer' },
    { name: 'done_by_id', label: t('serviceRecords.doneBy'), kind: 'user' },
    { name: 'owner_id', label: t('assets.owner'), kind: 'user' },
    { name: 'department_id', label: tEnum('field', 'department'), kind: 'department' },
    { name: 'content', label: t('serviceRecords.content'), kind: 'text' },
    { name: 'fee', label: t('serviceRecords.fee'), kind: 'money', currency: 'CNY' },
  ]
}

/** The orders of the list. */
export function serviceSorts(): SortOption[] {
  const orders = ['-done_on', 'done_on', '-created_at', 'created_at'] as const
  return orders.map((value) => ({ value, label: t(`serviceSort.${value}`) }))
}

/** How the values of filters are written that are no text. */
export const serviceForm = (name: string): ValueForm | undefined => (name === 'done_on' || name === 'next_due_on' ? 'day' : undefined)
