import type { Tone, ValueForm } from '@guanxi/domain'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'

/** What quotes can be filtered by, as the address names it. */
export const QUOTE_FILTERS = ['state', 'customer_id', 'owner_id', 'department_id', 'gross', 'margin_rate', 'off_list', 'below_floor', 'valid_until', 'created_by_id', 'updated_at', 'created_at', 'sent_at'] as const
export const QUOTE_NUMBERS = ['gross', 'margin_rate', 'off_list'] as const
export const QUOTE_STATES = ['draft', 'submitted', 'approved', 'sent', 'accepted', 'declined', 'expired'] as const
export type QuoteState = (typeof QUOTE_STATES)[number]
export const QUOTE_TONES: Record<QuoteState, Tone> = { draft: 'gray', submitted: 'info', approved: 'ok', sent: 'teal', accepted: 'ok', declined: 'bad', expired: 'warn' }

/** The columns of the list; those marked `extra` are hidden until chosen. */
export function quoteColumns(costs: boolean): Column[] {
  return [
    { key: 'title', label: t('quotes.name'), width: 240, frozen: true, fixed: true },
    { key: 'number', label: t('quotes.number'), width: 124, sort: 'number' },
    { key: 'customer', label: t('quotes.customer'), width: 200 },
    { key: 'state', label: tEnum('field', 'state'), width: 92 },
    { key: 'gross', label: t('quotes.gross'), width: 128, align: 'end', sort: 'gross' },
    { key: 'off_list', label: t('quotes.offList'), width: 100, align: 'end' },
    ...(costs ? [{ key: 'margin_rate', label: t('quotes.marginRate'), width: 84, align: 'end' as const }] : []),
    { key: 'valid_until', label: t('quotes.validUntil'), width: 112 },
    { key: 'owner', label: t('quotes.owner'), width: 108 },
    { key: 'updated_at', label: t('quotes.updated'), width: 116, sort: 'updated_at' },
    { key: 'contact', label: t('quotes.contact'), width: 108, extra: true },
    { key: 'net', label: t('quotes.net'), width: 128, align: 'end', extra: true },
    { key: 'tax', label: t('quotes.tax'), width: 116, align: 'end', extra: true },
    ...(costs ? [{ key: 'margin', label: t('quotes.margin'), width: 116, align: 'end' as const, extra: true }, { key: 'cost', label: t('quotes.cost'), width: 116, align: 'end' as const, extra: true }] : []),
    { key: 'department', label: tEnum('field', 'department'), width: 116, extra: true },
    { key: 'submitted_at', label: t('quotes.submittedAt'), width: 116, extra: true },
    { key: 'sent_at', label: t('quotes.sentAt'), width: 116, extra: true },
    { key: 'decided_at', label: t('quotes.decidedAt'), width: 116, extra: true },
    { key: 'created_by', label: t('quotes.createdBy'), width: 108, extra: true },
    { key: 'created_at', label: t('quotes.createdAt'), width: 116, sort: 'created_at', extra: true },
  ]
}

/** The filters of the list. */
export function quoteFilters(): FilterField[] {
  return [
    { name: 'state', label: tEnum('field', 'state'), kind: 'choice', options: QUOTE_STATES.map((value) => ({ value, label: tEnum('quoteState', value) })) },
    { name: 'customer_id', label: t('quotes.customer'), kind: 'customer' },
    { name: 'owner_id', label: t('quotes.owner'), kind: 'user' },
    { name: 'department_id', label: tEnum('field', 'department'), kind: 'department' },
    { name: 'gross', label: t('quotes.gross'), kind: 'money', currency: 'CNY' },
    { name: 'below_floor', label: t('quotes.belowFloor'), kind: 'choice', single: true, options: [{ value: 'true', label: t('value.yes') }, { value: 'false', label: t('value.no') }] },
    { name: 'valid_until', label: t('quotes.validUntil'), kind: 'day' },
    { name: 'updated_at', label: t('quotes.updated'), kind: 'date' },
    { name: 'created_at', label: t('quotes.createdAt'), kind: 'date' },
  ]
}

/** The orders of the list. */
export function quoteSorts(): SortOption[] {
  const orders = ['-updated_at', 'updated_at', '-number', 'number', '-gross', 'gross', '-created_at', 'created_at'] as const
  return orders.map((value) => ({ value, label: t(`quoteSort.${value}`) }))
}

/** How the values of filters are written that are no text. */
export function quoteForm(name: string): ValueForm | undefined {
  return name === 'valid_until' ? 'day' : name === 'below_floor' ? 'yes' : undefined
}
