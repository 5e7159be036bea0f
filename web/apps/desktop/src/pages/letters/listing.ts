import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t } from '@/i18n'

/** What letters can be filtered by, as the address names it. */
export const LETTER_FILTERS = ['name', 'created_at', 'updated_at'] as const

/** The columns of the list; those marked `extra` are hidden until chosen. */
export function letterColumns(): Column[] {
  return [
    { key: 'name', label: t('letters.name'), width: 240, sort: 'name', frozen: true, fixed: true },
    { key: 'heading', label: t('letters.heading'), width: 200 },
    { key: 'printed_at', label: t('letters.printedAt'), width: 140 },
    { key: 'printings', label: t('letters.times'), width: 96, align: 'end' },
    { key: 'owner', label: t('letters.owner'), width: 112 },
    { key: 'updated_at', label: t('letters.updatedAt'), width: 140, sort: 'updated_at' },
    { key: 'campaign', label: t('letters.campaign'), width: 160, extra: true },
    { key: 'created_at', label: t('letters.createdAt'), width: 140, sort: 'created_at', extra: true },
  ]
}

/** The filters of the list. */
export function letterFilters(): FilterField[] {
  return [
    { name: 'name', label: t('letters.name'), kind: 'text' },
    { name: 'updated_at', label: t('letters.updatedAt'), kind: 'date' },
    { name: 'created_at', label: t('letters.createdAt'), kind: 'date' },
  ]
}

/** The orders of the list. */
export function letterSorts(): SortOption[] {
  return (['-updated_at', '-created_at', 'name'] as const).map((value) => ({ value, label: t(`letterSort.${value}`) }))
}
