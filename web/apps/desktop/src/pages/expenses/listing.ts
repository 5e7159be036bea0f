import type { Tone, ValueForm } from '@guanxi/domain'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'

/** What claims can be filtered by, as the address names it. */
export const CLAIM_FILTERS = ['state', 'owner_id', 'department_id', 'amount', 'paid_on', 'submitted_at', 'approved_at', 'updated_at', 'created_at'] as const
export const CLAIM_NUMBERS = ['amount'] as const
export const CLAIM_STATES = ['draft', 'submitted', 'approved', 'rejected', 'paid'] as const
export type ClaimState = (typeof CLAIM_STATES)[number]
export const CLAIM_TONES: Record<ClaimState, Tone> = { draft: 'gray', submitted: 'info', approved: 'teal', rejected: 'bad', paid: 'ok' }

/** The columns of the list; those marked `extra` are hidden until chosen. */
export function claimColumns(): Column[] {
  return [
    { key: 'title', label: t('expenses.name'), width: 240, frozen: true, fixed: true },
    { key: 'number', label: t('expenses.number'), width: 132, sort: 'number' },
    { key: 'state', label: tEnum('field', 'state'), width: 92 },
    { key: 'amount', label: t('expenses.amount'), width: 120, align: 'end', sort: 'amount' },
    { key: 'kinds', label: t('expenses.kinds'), width: 180 },
    { key: 'request', label: t('expenses.request'), width: 180, extra: true },
    { key: 'receipts', label: t('expenses.receipts'), width: 72, align: 'end' },
    { key: 'owner', label: t('expenses.owner'), width: 108 },
    { key: 'department', label: tEnum('field', 'department'), width: 116 },
    { key: 'updated_at', label: t('expenses.updated'), width: 116, sort: 'updated_at' },
    { key: 'submitted_at', label: t('expenses.submittedAt'), width: 116, extra: true },
    { key: 'approved_at', label: t('expenses.approvedAt'), width: 116, extra: true },
    { key: 'paid_on', label: t('expenses.paidOn'), width: 112, extra: true },
    { key: 'created_at', label: t('expenses.createdAt'), width: 116, sort: 'created_at', extra: true },
  ]
}

/** The filters of the list. */
export function claimFilters(): FilterField[] {
  return [
    { name: 'state', label: tEnum('field', 'state'), kind: 'choice', options: CLAIM_STATES.map((value) => ({ value, label: tEnum('claimState', value) })) },
    { name: 'owner_id', label: t('expenses.owner'), kind: 'user' },
    { name: 'department_id', label: tEnum('field', 'department'), kind: 'department' },
    { name: 'amount', label: t('expenses.amount'), kind: 'money', currency: 'CNY' },
    { name: 'submitted_at', label: t('expenses.submittedAt'), kind: 'date' },
    { name: 'paid_on', label: t('expenses.paidOn'), kind: 'day' },
    { name: 'updated_at', label: t('expenses.updated'), kind: 'date' },
  ]
}

/** The orders of the list. */
export function claimSorts(): SortOption[] {
  const orders = ['-updated_at', 'updated_at', '-number', 'number', '-amount', 'amount', '-created_at', 'created_at'] as const
  return orders.map((value) => ({ value, label: t(`claimSort.${value}`) }))
}

/** How the values of filters are written that are no text. */
export const claimForm = (name: string): ValueForm | undefined => (name === 'paid_on' ? 'day' : undefined)
