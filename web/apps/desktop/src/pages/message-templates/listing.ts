import { LANGUAGES } from '@guanxi/domain'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'

/** What templates can be filtered by, as the address names it. */
export const TEMPLATE_FILTERS = ['way', 'purpose', 'state', 'locale', 'name'] as const
export const WAYS = ['sms', 'mail'] as const
export const PURPOSES = ['marketing', 'care', 'service'] as const
export const STATES = ['draft', 'active', 'archived'] as const

/** The columns of the list; those marked `extra` are hidden until chosen. */
export function templateColumns(): Column[] {
  return [
    { key: 'name', label: t('templates.name'), width: 200, sort: 'name', frozen: true, fixed: true },
    { key: 'way', label: t('templates.way'), width: 84 },
    { key: 'purpose', label: t('templates.purpose'), width: 84 },
    { key: 'content', label: t('templates.content'), width: 380 },
    { key: 'state', label: t('templates.state'), width: 96 },
    { key: 'updated_at', label: t('templates.updated'), width: 120, sort: 'updated_at' },
    { key: 'locale', label: t('templates.locale'), width: 112 },
    { key: 'updated_by', label: t('templates.updatedBy'), width: 110, extra: true },
  ]
}

const options = (values: readonly string[], vocabulary: string): { value: string; label: string }[] => values.map((value) => ({ value, label: tEnum(vocabulary, value) }))

/** The filters of the list. */
export function templateFilters(): FilterField[] {
  return [
    { name: 'way', label: t('templates.way'), kind: 'choice', options: options(WAYS, 'way') },
    { name: 'purpose', label: t('templates.purpose'), kind: 'choice', options: options(PURPOSES, 'purpose') },
    { name: 'state', label: t('templates.state'), kind: 'choice', options: options(STATES, 'templateState') },
    { name: 'locale', label: t('templates.locale'), kind: 'choice', options: options(LANGUAGES, 'templateLocale') },
    { name: 'name', label: t('templates.name'), kind: 'text' },
  ]
}

/** The orders of the list. */
export function templateSorts(): SortOption[] {
  return (['-updated_at', 'updated_at', 'name'] as const).map((value) => ({ value, label: t(`templateSort.${value}`) }))
}

/** The beginning of what a template says, as plain text. */
export function gistOf(template: { way: string; subject: string | null; body: string }): string {
  return template.way === 'mail' ? (template.subject ?? '') : template.body
}
