import type { Tone, ValueForm } from '@guanxi/domain'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'

/** What requests can be filtered by, as the address names it. */
export const REQUEST_FILTERS = ['state', 'owner_id', 'department_id', 'amount', 'city', 'starts_on', 'ends_on', 'submitted_at', 'approved_at', 'closed_at', 'updated_at', 'created_at'] as const
export const REQUEST_NUMBERS = ['amount'] as const
export const REQUEST_STATES = ['draft', 'submitted', 'approved', 'rejected', 'closed'] as const
export type RequestState = (typeof REQUEST_STATES)[number]
export const REQUEST_TONES: Record<RequestState, Tone> = { draft: 'gray', submitted: 'info', approved: 'ok', rejected: 'bad', closed: 'gray' }

/** The columns of the list; those marked `extra` are hidden until chosen. */
export function requestColumns(): Column[] {
  return [
    { key: 'title', label: t('expenseRequests.name'), width: 232, frozen: true, fixed: true },
    { key: 'number', label: t('expenses.number'), width: 132, sort: 'number' },
    { key: 'state', label: tEnum('field', 'state'), width: 92 },
    { key: 'amount', label: t('expenseRequests.amount'), width: 120, align: 'end', sort: 'amount' },
    { key: 'drawn', label: t('expenseRequests.drawn'), width: 116, align: 'end' },
    { key: 'left', label: t('expenseRequests.left'), width: 116, align: 'end' },
    { key: 'days', label: t('expenseRequests.days'), width: 148 },
    { key: 'owner', label: t('expenseRequests.owner'), width: 108 },
    { key: 'department', label: tEnum('field', 'department'), width: 116 },
    { key: 'updated_at', label: t('expenses.updated'), width: 116, sort: 'updated_at' },
    { key: 'city', label: t('expenses.city'), width: 88, extra: true },
    { key: 'kinds', label: t('expenses.kinds'), width: 180, extra: true },
    { key: 'submitted_at', label: t('expenses.submittedAt'), width: 116, extra: true },
    { key: 'approved_at', label: t('expenses.approvedAt'), width: 116, extra: true },
    { key: 'closed_at', label: t('expenseRequests.closedAt'), width: 116, extra: true },
    { key: 'created_at', label: t('expenses.createdAt'), width: 116, sort: 'created_at', extra: true },
  ]
}

/** The filters of the list. */
export function requestFilters(): FilterField[] {
  return [
    { name: 'state', label: tEnum('field', 'state'), kind: 'choice', options: REQUEST_STATES.map((value) => ({ value, label: tEnum('requestState', value) })) },
    { name: 'owner_id', label: t('expenseRequests.owner'), kind: 'user' },
    { name: 'department_id', label: tEnum('field', 'department'), kind: 'department' },
    { name: 'amount', label: t('expenseRequests.amount'), kind: 'money', currency: 'CNY' },
    { name: 'city', label: t('expenses.city'), kind: 'text' },
    { name: 'starts_on', label: t('expenseRequests.startsOn'), kind: 'day' },
    { name: 'submitted_at', label: t('expenses.submittedAt'), kind: 'date' },
    { name: 'updated_at', label: t('expenses.updated'), kind: 'date' },
  ]
}

/** The orders of the list. */
export function requestSorts(): SortOption[] {
  const orders = ['-updated_at', 'updated_at', '-number', 'number', '-amount', 'amount', '-created_at', 'created_at'] as const
  return orders.map((value) => ({ value, label: t(`claimSort.${value}`) }))
}

/** How the values of filters are written that are no text. */
export const requestForm = (name: string): ValueForm | undefined => (name === 'starts_on' || name === 'ends_on' ? 'day' : undefined)
