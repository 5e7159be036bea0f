import type { CareRule } from '@guanxi/client'
import type { Tone } from '@guanxi/domain'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'

export const RULE_STATES = ['draft', 'on', 'off'] as const
export const RULE_TONES: Record<CareRule['state'], Tone> = { draft: 'gray', on: 'ok', off: 'warn' }
export const PURPOSES = ['care', 'service', 'marketing'] as const
/** What rules can be filtered by, as the address names it. */
export const CARE_FILTERS = ['name', 'state', 'purpose', 'trigger_kind'] as const

/** The columns of the list. */
export function careColumns(): Column[] {
  return [
    { key: 'name', label: t('care.name'), width: 196, sort: 'name', frozen: true, fixed: true },
    { key: 'state', label: t('care.state'), width: 88 },
    { key: 'sentence', label: t('care.sentence'), width: 380 },
    { key: 'next_at', label: t('care.nextAt'), width: 128 },
    { key: 'sent_30_days', label: t('care.sent30'), width: 104, align: 'end' },
    { key: 'planned', label: t('care.planned'), width: 88, align: 'end' },
    { key: 'running', label: t('care.running'), width: 96, align: 'end' },
    { key: 'overdue', label: t('care.overdue'), width: 80, align: 'end' },
    { key: 'purpose', label: t('care.purpose'), width: 80, extra: true },
    { key: 'owner', label: t('care.owner'), width: 100, extra: true },
    { key: 'updated_at', label: t('care.updatedAt'), width: 116, sort: 'updated_at', extra: true },
  ]
}

/** The filters of the list. */
export function careFilters(): FilterField[] {
  const choices = (group: 'careState' | 'purpose' | 'careTrigger', values: readonly string[]): { value: string; label: string }[] => values.map((value) => ({ value, label: tEnum(group, value) }))
  return [
    { name: 'state', label: t('care.state'), kind: 'choice', options: choices('careState', RULE_STATES) },
    { name: 'trigger_kind', label: t('care.trigger'), kind: 'choice', options: choices('careTrigger', ['birthday', 'festival', 'date', 'event']) },
    { name: 'purpose', label: t('care.purpose'), kind: 'choice', options: choices('purpose', PURPOSES) },
  ]
}

/** The orders of the list. */
export function careSorts(): SortOption[] {
  return (['-updated_at', 'name'] as const).map((value) => ({ value, label: t(`careSort.${value}`) }))
}
