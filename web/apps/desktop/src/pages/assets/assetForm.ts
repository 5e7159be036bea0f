import type { Asset, AssetDetail, AssetIn, AssetPatch } from '@guanxi/client'
import type { FieldDrafts } from '@guanxi/domain'
import { atMost } from '@/composables/rules'
import type { Rule } from '@/composables/useForm'
import { t } from '@/i18n'

/** How the end of a warranty is told: by its last day, or by how many months it lasts. */
export type WarrantyBy = 'none' | 'months' | 'day'
export const WARRANTY_BY = ['none', 'months', 'day'] as const
export const UNITS = ['month', 'day'] as const

/** An asset as the form holds it: empty text instead of nothing. */
export interface AssetValues {
  customer_id: string | null
  contact_id: string | null
  product_id: string | null
  name: string
  model: string
  serial: string
  state: 'in_use' | 'retired'
  location: string
  bought_on: string
  installed_on: string
  warranty_by: WarrantyBy
  warranty_from: string
  warranty_months: string
  warranty_until: string
  maintenance_every: string
  maintenance_unit: 'month' | 'day'
  contract_number: string
  contract_from: string
  contract_until: string
  remark: string
  custom: FieldDrafts
}

/** An empty form. */
export function blankAsset(customerId: string | null = null, custom: FieldDrafts = {}): AssetValues {
  return {
    customer_id: customerId, contact_id: null, product_id: null, name: '', model: '', serial: '', state: 'in_use', location: '', bought_on: '', installed_on: '',
    warranty_by: 'none', warranty_from: '', warranty_months: '12', warranty_until: '', maintenance_every: '', maintenance_unit: 'month',
    contract_number: '', contract_from: '', contract_until: '', remark: '', custom,
  }
}

/** An asset's values for editing. */
export function valuesOf(asset: Asset | AssetDetail, custom: FieldDrafts = {}): AssetValues {
  return {
    customer_id: asset.customer.id,
    contact_id: asset.contact?.id ?? null,
    product_id: asset.product?.id ?? null,
    name: asset.name,
    model: asset.model ?? '',
    serial: asset.serial ?? '',
    state: asset.state,
    location: asset.location ?? '',
    bought_on: asset.bought_on ?? '',
    installed_on: asset.installed_on ?? '',
    warranty_by: asset.warranty_months ? 'months' : asset.warranty_until ? 'day' : 'none',
    warranty_from: asset.warranty_from ?? '',
    warranty_months: String(asset.warranty_months ?? 12),
    warranty_until: asset.warranty_until ?? '',
    maintenance_every: asset.maintenance_every === null ? '' : String(asset.maintenance_every),
    maintenance_unit: asset.maintenance_unit ?? 'month',
    contract_number: asset.contract_number ?? '',
    contract_from: asset.contract_from ?? '',
    contract_until: asset.contract_until ?? '',
    remark: asset.remark ?? '',
    custom,
  }
}

const text = (value: string): string | null => value.trim() || null
const whole = (value: string): number | null => (value.trim() ? Number(value) : null)

/** What is sent of a form: empty text as nothing, and of a warranty what it is told by. */
export function bodyOf(values: AssetValues): AssetIn {
  const by = values.warranty_by
  return {
    customer_id: values.customer_id ?? '',
    contact_id: values.contact_id,
    product_id: values.product_id,
    name: text(values.name),
    model: text(values.model),
    serial: text(values.serial),
    state: values.state,
    location: text(values.location),
    bought_on: text(values.bought_on),
    installed_on: text(values.installed_on),
    warranty_from: by === 'none' ? null : text(values.warranty_from),
    warranty_months: by === 'months' ? whole(values.warranty_months) : null,
    warranty_until: by === 'day' ? text(values.warranty_until) : null,
    maintenance_every: whole(values.maintenance_every),
    maintenance_unit: values.maintenance_every.trim() ? values.maintenance_unit : null,
    contract_number: text(values.contract_number),
    contract_from: text(values.contract_from),
    contract_until: text(values.contract_until),
    remark: text(values.remark),
  } as AssetIn
}

/** Only what differs from the asset as it was read; a warranty that changed is sent whole. */
export function changesOf(values: AssetValues, before: AssetValues): AssetPatch {
  const now = bodyOf(values) as Record<string, unknown>
  const then = bodyOf(before) as Record<string, unknown>
  const changed = Object.keys(now).filter((key) => key !== 'customer_id' && now[key] !== then[key])
  const warranty = changed.some((key) => key.startsWith('warranty_')) ? ['warranty_from', 'warranty_months', ...(values.warranty_by === 'months' ? [] : ['warranty_until'])] : []
  return Object.fromEntries([...new Set([...changed.filter((key) => !key.startsWith('warranty_')), ...warranty])].map((key) => [key, now[key]])) as AssetPatch
}

type AssetRule = Rule<AssetValues>
const counted = (most: number): AssetRule => (value) => {
  const typed = String(value ?? '').trim()
  return typed === '' || (/^\d{1,4}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= most) ? null : t('assets.countWrong', { most })
}
const notBefore = (begin: 'warranty_from' | 'contract_from'): AssetRule => (value, values) => (value && values[begin] && String(value) < values[begin] ? t('assets.endsTooEarly') : null)

/** The rules of the form, by path. */
export const assetRules: Record<string, AssetRule> = {
  customer_id: (value) => (value ? null : t('assets.customerEmpty')),
  name: (value, values) => (String(value ?? '').trim() || values.product_id ? atMost(200)(value, values) : t('assets.nameEmpty')),
  model: atMost(100),
  serial: atMost(100),
  location: atMost(200),
  warranty_months: (value, values) => {
    if (values.warranty_by !== 'months') return null
    if (!String(value ?? '').trim()) return t('assets.monthsEmpty')
    return counted(600)(value, values) ?? (values.warranty_from || values.installed_on || values.bought_on ? null : t('assets.monthsFromNowhere'))
  },
  warranty_until: (value, values) => (values.warranty_by !== 'day' ? null : value ? notBefore('warranty_from')(value, values) : t('assets.untilEmpty')),
  maintenance_every: counted(3650),
  contract_number: atMost(100),
  contract_until: notBefore('contract_from'),
  remark: atMost(2000),
}
