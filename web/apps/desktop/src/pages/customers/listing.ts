import { CUSTOMER_KINDS, CUSTOMER_STAGES, CUSTOMER_TIERS, CUSTOMER_TYPES } from '@guanxi/domain'
import type { Facets } from '@guanxi/client'
import { fieldLabel } from '@/changes'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'

/** The columns of the customer list; those marked `extra` are hidden until chosen. */
export function customerColumns(): Column[] {
  return [
    { key: 'name', label: t('customers.name'), width: 280, frozen: true, fixed: true, sort: 'name' },
    { key: 'stage', label: fieldLabel('stage'), width: 100 },
    { key: 'tier', label: fieldLabel('tier'), width: 84 },
    { key: 'owner', label: fieldLabel('owner'), width: 116 },
    { key: 'phone', label: t('customerColumn.phone'), width: 132 },
    { key: 'last_activity_at', label: t('customerColumn.last_activity_at'), width: 116, sort: 'last_activity_at' },
    { key: 'next_step_at', label: t('customerColumn.next_step_at'), width: 128, sort: 'next_step_at' },
    { key: 'industry', label: fieldLabel('industry'), width: 108 },
    { key: 'region', label: fieldLabel('region'), width: 108 },
    { key: 'tags', label: fieldLabel('tags'), width: 188 },
    { key: 'type', label: fieldLabel('type'), width: 96, extra: true },
    { key: 'source', label: fieldLabel('source'), width: 96, extra: true },
    { key: 'department', label: fieldLabel('department'), width: 124, extra: true },
    { key: 'parent', label: fieldLabel('parent'), width: 200, extra: true },
    { key: 'employees', label: t('customerColumn.employees'), width: 96, align: 'end', extra: true },
    { key: 'founding_day', label: fieldLabel('founding_day'), width: 112, extra: true },
    { key: 'revenue', label: fieldLabel('annual_revenue'), width: 132, align: 'end', extra: true },
    { key: 'email', label: fieldLabel('email'), width: 180, extra: true },
    { key: 'address', label: fieldLabel('address'), width: 220, extra: true },
    { key: 'updated_at', label: t('customerColumn.updated_at'), width: 116, sort: 'updated_at', extra: true },
    { key: 'created_at', label: t('customerColumn.created_at'), width: 116, sort: 'created_at', extra: true },
  ]
}

const words = (vocabulary: string, values: readonly string[]): { value: string; label: string }[] =>
  values.map((value) => ({ value, label: tEnum(vocabulary, value) }))
const plain = (values: readonly string[] | undefined): { value: string; label: string }[] => (values ?? []).map((value) => ({ value, label: value }))

/** What the customer list can be filtered by; the suggestions of open fields come from the company's own data. */
export function customerFilters(facets: Facets | null): FilterField[] {
  return [
    { name: 'stage', label: fieldLabel('stage'), kind: 'choice', options: words('customerStage', CUSTOMER_STAGES) },
    { name: 'owner_id', label: fieldLabel('owner'), kind: 'user' },
    { name: 'department_id', label: fieldLabel('department'), kind: 'department' },
    { name: 'tier', label: fieldLabel('tier'), kind: 'choice', options: words('customerTier', CUSTOMER_TIERS) },
    { name: 'type', label: fieldLabel('type'), kind: 'choice', options: words('customerType', CUSTOMER_TYPES) },
    { name: 'industry', label: fieldLabel('industry'), kind: 'choice', open: true, options: plain(facets?.industries) },
    { name: 'region', label: fieldLabel('region'), kind: 'choice', open: true, options: plain(facets?.regions) },
    { name: 'source', label: fieldLabel('source'), kind: 'choice', open: true, options: plain(facets?.sources) },
    { name: 'tag', label: fieldLabel('tags'), kind: 'choice', open: true, options: plain(facets?.tags.map(({ name }) => name)) },
    { name: 'kind', label: fieldLabel('kind'), kind: 'choice', options: words('customerKind', CUSTOMER_KINDS) },
    { name: 'employees', label: fieldLabel('employees'), kind: 'number' },
    { name: 'last_activity_at', label: t('customerColumn.last_activity_at'), kind: 'date', since: true },
    { name: 'next_step_at', label: t('customerColumn.next_step_at'), kind: 'date', ahead: true },
    { name: 'updated_at', label: t('customerColumn.updated_at'), kind: 'date' },
    { name: 'created_at', label: t('customerColumn.created_at'), kind: 'date' },
  ]
}

/** The orders of the customer list. */
export function customerSorts(): SortOption[] {
  const orders = ['-updated_at', 'updated_at', 'last_activity_at', '-last_activity_at', 'next_step_at', '-created_at', 'created_at', 'name', '-name'] as const
  return orders.map((value) => ({ value, label: t(`customerSort.${value}`) }))
}
