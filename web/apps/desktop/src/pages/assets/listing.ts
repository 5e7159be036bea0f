import type { Condition, Tone, ValueForm } from '@guanxi/domain'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'
import { dayAhead, SOON, today } from './dueDays'

const DAYS = ['warranty_until', 'maintenance_due_on', 'contract_until', 'installed_on', 'bought_on', 'last_maintained_on'] as const
/** What assets can be filtered by, as the address names it. */
export const ASSET_FILTERS = ['state', 'customer_id', 'product_id', 'owner_id', 'department_id', ...DAYS, 'model', 'serial', 'location', 'contract_number', 'updated_at', 'created_at'] as const
export const ASSET_STATES = ['in_use', 'retired'] as const
export const ASSET_TONES: Record<(typeof ASSET_STATES)[number], Tone> = { in_use: 'ok', retired: 'gray' }

/** The columns of the list; those marked `extra` are hidden until chosen. */
export function assetColumns(): Column[] {
  return [
    { key: 'name', label: t('assets.name'), width: 240, frozen: true, fixed: true, sort: 'name' },
    { key: 'customer', label: t('assets.customer'), width: 176 },
    { key: 'serial', label: t('assets.serial'), width: 132 },
    { key: 'model', label: t('assets.model'), width: 112 },
    { key: 'warranty_until', label: t('assets.warrantyUntil'), width: 224, sort: 'warranty_until' },
    { key: 'maintenance_due_on', label: t('assets.maintenanceDue'), width: 208, sort: 'maintenance_due_on' },
    { key: 'contract_until', label: t('assets.contractUntil'), width: 208 },
    { key: 'state', label: tEnum('field', 'state'), width: 80 },
    { key: 'owner', label: t('assets.owner'), width: 108 },
    { key: 'updated_at', label: t('assets.updated'), width: 116, sort: 'updated_at' },
    { key: 'product', label: t('assets.product'), width: 140, extra: true },
    { key: 'contact', label: t('assets.contact'), width: 108, extra: true },
    { key: 'location', label: t('assets.location'), width: 140, extra: true },
    { key: 'installed_on', label: t('assets.installedOn'), width: 112, extra: true },
    { key: 'bought_on', label: t('assets.boughtOn'), width: 112, extra: true },
    { key: 'last_maintained_on', label: t('assets.lastMaintained'), width: 112, extra: true },
    { key: 'contract_number', label: t('assets.contractNumber'), width: 132, extra: true },
    { key: 'department', label: tEnum('field', 'department'), width: 116, extra: true },
    { key: 'created_at', label: t('assets.createdAt'), width: 116, sort: 'created_at', extra: true },
  ]
}

/** The filters of the list. */
export function assetFilters(): FilterField[] {
  const day = (name: string, label: string): FilterField => ({ name, label, kind: 'day' })
  return [
    day('warranty_until', t('assets.warrantyUntil')),
    day('maintenance_due_on', t('assets.maintenanceDue')),
    day('contract_until', t('assets.contractUntil')),
    { name: 'state', label: tEnum('field', 'state'), kind: 'choice', options: ASSET_STATES.map((value) => ({ value, label: tEnum('assetState', value) })) },
    { name: 'customer_id', label: t('assets.customer'), kind: 'customer' },
    { name: 'product_id', label: t('assets.product'), kind: 'product' },
    { name: 'owner_id', label: t('assets.owner'), kind: 'user' },
    { name: 'department_id', label: tEnum('field', 'department'), kind: 'department' },
    { name: 'model', label: t('assets.model'), kind: 'text' },
    { name: 'serial', label: t('assets.serial'), kind: 'text' },
    { name: 'location', label: t('assets.location'), kind: 'text' },
    day('installed_on', t('assets.installedOn')),
    day('last_maintained_on', t('assets.lastMaintained')),
    { name: 'updated_at', label: t('assets.updated'), kind: 'date' },
  ]
}

/** The orders of the list. */
export function assetSorts(): SortOption[] {
  const orders = ['-updated_at', 'updated_at', 'maintenance_due_on', '-maintenance_due_on', 'warranty_until', '-warranty_until', 'name', '-name', '-created_at', 'created_at'] as const
  return orders.map((value) => ({ value, label: t(`assetSort.${value}`) }))
}

/** What one asks of the list most: what is due or ends within a month. */
export function assetQuestions(): { key: string; label: string; conditions: Condition[] }[] {
  const within = (field: string, overdueToo = false): Condition[] => [
    ...(overdueToo ? [] : [{ field, op: 'gte', value: today() } as Condition]),
    { field, op: 'lte', value: dayAhead(SOON) },
  ]
  return [
    { key: 'maintenance', label: t('assets.maintenanceSoon'), conditions: within('maintenance_due_on', true) },
    { key: 'warranty', label: t('assets.warrantySoon'), conditions: within('warranty_until') },
    { key: 'contract', label: t('assets.contractSoon'), conditions: within('contract_until') },
  ]
}

/** How the values of filters are written that are no text. */
export const assetForm = (name: string): ValueForm | undefined => ((DAYS as readonly string[]).includes(name) ? 'day' : undefined)
