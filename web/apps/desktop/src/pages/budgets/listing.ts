import type { Budget } from '@guanxi/client'
import { moneyText, type ValueForm } from '@guanxi/domain'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { dayText } from '@/dayText'
import { t, tEnum } from '@/i18n'

/** What budgets can be filtered by, as the address names it. */
export const BUDGET_FILTERS = ['department_id', 'kind_id', 'first_day', 'last_day', 'over', 'archived', 'mode', 'amount'] as const
export const BUDGET_NUMBERS = ['amount'] as const
export const MODES = ['warn', 'stop'] as const

/** How the values of filters are written that are no text. */
export const budgetForm = (name: string): ValueForm | undefined => (name === 'first_day' || name === 'last_day' ? 'day' : undefined)

/** The columns of the list; those marked `extra` are hidden until chosen. */
export function budgetColumns(): Column[] {
  return [
    { key: 'name', label: t('budgets.name'), width: 208, sort: 'name', frozen: true, fixed: true },
    { key: 'department', label: t('budgets.department'), width: 116 },
    { key: 'period', label: t('budgets.period'), width: 196, sort: 'last_day' },
    { key: 'bar', label: t('budgets.percent'), width: 168 },
    { key: 'used', label: t('budgets.used'), width: 116, align: 'end' },
    { key: 'reserved', label: t('budgets.reserved'), width: 116, align: 'end' },
    { key: 'left', label: t('budgets.left'), width: 124, align: 'end', sort: 'left' },
    { key: 'amount', label: t('budgets.amount'), width: 124, align: 'end', sort: 'amount' },
    { key: 'kind', label: t('budgets.kind'), width: 104 },
    { key: 'mode', label: t('budgets.mode'), width: 92, extra: true },
    { key: 'updated_at', label: t('expenses.updated'), width: 116, sort: 'updated_at', extra: true },
  ]
}

const yesOrNo = (): { value: string; label: string }[] => [{ value: 'true', label: t('value.yes') }, { value: 'false', label: t('value.no') }]

/** The filters of the list. */
export function budgetFilters(kinds: readonly { id: string; name: string }[]): FilterField[] {
  return [
    { name: 'department_id', label: t('budgets.department'), kind: 'department' },
    { name: 'kind_id', label: t('budgets.kind'), kind: 'choice', options: kinds.map(({ id, name }) => ({ value: id, label: name })) },
    { name: 'over', label: t('budgets.overOnly'), kind: 'choice', single: true, options: yesOrNo() },
    { name: 'first_day', label: t('budgets.firstDay'), kind: 'day' },
    { name: 'last_day', label: t('budgets.lastDay'), kind: 'day' },
    { name: 'mode', label: t('budgets.mode'), kind: 'choice', options: MODES.map((value) => ({ value, label: tEnum('budgetMode', value) })) },
    { name: 'archived', label: t('budgets.isArchived'), kind: 'choice', single: true, options: yesOrNo() },
    { name: 'amount', label: t('budgets.amount'), kind: 'money', currency: 'CNY' },
  ]
}

/** The orders of the list. */
export function budgetSorts(): SortOption[] {
  const orders = ['-last_day', 'last_day', 'left', '-left', '-amount', 'amount', 'name', '-updated_at'] as const
  return orders.map((value) => ({ value, label: t(`budgetSort.${value}`) }))
}

/** 2026年1月1日 至 2026年3月31日 */
export const periodText = ({ first_day, last_day }: Pick<Budget, 'first_day' | 'last_day'>): string => t('budgets.to', { first: dayText(first_day), last: dayText(last_day) })

/** 剩 ¥20, or 超 ¥20. */
export function leftText({ left, over }: Pick<Budget, 'left' | 'over'>): string {
  const amount = moneyText(Math.abs(left.amount), left.currency)
  return t(over ? 'budgets.overText' : 'budgets.leftText', { amount })
}
