import type { Tone, ValueForm } from '@guanxi/domain'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'

/** What advances can be filtered by, as the address names it. */
export const ADVANCE_FILTERS = ['state', 'overdue', 'owner_id', 'department_id', 'amount', 'outstanding', 'due_on', 'paid_on', 'submitted_at', 'updated_at', 'created_at'] as const
export const ADVANCE_NUMBERS = ['amount', 'outstanding'] as const
export const ADVANCE_STATES = ['draft', 'submitted', 'approved', 'outstanding', 'settled', 'rejected'] as const
export type AdvanceState = (typeof ADVANCE_STATES)[number]
export const ADVANCE_TONES: Record<AdvanceState, Tone> = { draft: 'gray', submitted: 'info', approved: 'teal', outstanding: 'warn', settled: 'ok', rejected: 'bad' }

/** The columns of the list; those marked `extra` are hidden until chosen. */
export function advanceColumns(): Column[] {
  return [
    { key: 'title', label: t('advances.name'), width: 220, frozen: true, fixed: true },
    { key: 'number', label: t('advances.number'), width: 132, sort: 'number' },
    { key: 'state', label: tEnum('field', 'state'), width: 92 },
    { key: 'amount', label: t('advances.amount'), width: 120, align: 'end', sort: 'amount' },
    { key: 'outstanding', label: t('advances.outstanding'), width: 120, align: 'end', sort: 'outstanding' },
    { key: 'due_on', label: t('advances.dueOn'), width: 148, sort: 'due_on' },
    { key: 'paid_on', label: t('advances.paidOn'), width: 112 },
    { key: 'owner', label: t('advances.owner'), width: 108 },
    { key: 'department', label: tEnum('field', 'department'), width: 116 },
    { key: 'updated_at', label: t('expenses.updated'), width: 116, sort: 'updated_at' },
    { key: 'submitted_at', label: t('expenses.submittedAt'), width: 116, extra: true },
    { key: 'approved_at', label: t('expenses.approvedAt'), width: 116, extra: true },
    { key: 'created_at', label: t('expenses.createdAt'), width: 116, sort: 'created_at', extra: true },
  ]
}

/** The filters of the list. */
export function advanceFilters(): FilterField[] {
  return [
    { name: 'state', label: tEnum('field', 'state'), kind: 'choice', options: ADVANCE_STATES.map((value) => ({ value, label: tEnum('advanceState', value) })) },
    { name: 'overdue', label: t('advances.overdue'), kind: 'choice', single: true, options: [{ value: 'true', label: t('value.yes') }, { value: 'false', label: t('value.no') }] },
    { name: 'owner_id', label: t('advances.owner'), kind: 'user' },
    { name: 'department_id', label: tEnum('field', 'department'), kind: 'department' },
    { name: 'amount', label: t('advances.amount'), kind: 'money', currency: 'CNY' },
    { name: 'outstanding', label: t('advances.outstanding'), kind: 'money', currency: 'CNY' },
    { name: 'due_on', label: t('advances.dueOn'), kind: 'day' },
    { name: 'paid_on', label: t('advances.paidOn'), kind: 'day' },
    { name: 'submitted_at', label: t('expenses.submittedAt'), kind: 'date' },
    { name: 'updated_at', label: t('expenses.updated'), kind: 'date' },
  ]
}

/** The orders of the list. */
export function advanceSorts(): SortOption[] {
  const orders = ['-updated_at', 'updated_at', 'due_on', '-due_on', '-outstanding', 'outstanding', '-amount', 'amount', '-number', 'number', '-created_at', 'created_at'] as const
  return orders.map((value) => ({ value, label: t(`advanceSort.${value}`) }))
}

/** How the values of filters are written that are no text. */
export const advanceForm = (name: string): ValueForm | undefined => (name === 'paid_on' || name === 'due_on' ? 'day' : undefined)
