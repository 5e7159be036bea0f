import type { Money, ServiceRecord, ServiceRecordIn, ServiceRecordPatch } from '@guanxi/client'
import type { FieldDrafts } from '@guanxi/domain'
import { all, atMost, required } from '@/composables/rules'
import type { Rule } from '@/composables/useForm'
import { t } from '@/i18n'
import { today } from '../assets/dueDays'

export const SERVICE_KINDS = ['maintenance', 'repair', 'installation', 'visit', 'training', 'other'] as const
export type ServiceKind = (typeof SERVICE_KINDS)[number]

/** A service record as the form holds it: empty text instead of nothing. */
export interface ServiceValues {
  customer_id: string | null
  asset_id: string | null
  kind: ServiceKind
  content: string
  done_on: string
  /** Whether a colleague did it, or somebody from outside. */
  by: 'colleague' | 'outside'
  done_by_id: string | null
  done_by_name: string
  next_due_on: string
  fee: Money | null
  custom: FieldDrafts
}

/** An empty form: maintenance today, by whoever fills it in. */
export function blankService(customerId: string | null, assetId: string | null, me: string | null, custom: FieldDrafts = {}): ServiceValues {
  return { customer_id: customerId, asset_id: assetId, kind: 'maintenance', content: '', done_on: today(), by: 'colleague', done_by_id: me, done_by_name: '', next_due_on: '', fee: null, custom }
}

/** A record's values for editing. */
export function valuesOf(record: ServiceRecord, custom: FieldDrafts = {}): ServiceValues {
  return {
    customer_id: record.customer.id,
    asset_id: record.asset?.id ?? null,
    kind: record.kind,
    content: record.content,
    done_on: record.done_on,
    by: record.done_by_name ? 'outside' : 'colleague',
    done_by_id: record.done_by?.id ?? null,
    done_by_name: record.done_by_name ?? '',
    next_due_on: record.next_due_on ?? '',
    fee: record.fee && { ...record.fee },
    custom,
  }
}

/** What is sent of a form: empty text as nothing. */
export function bodyOf(values: ServiceValues): ServiceRecordIn {
  return {
    customer_id: values.customer_id ?? '',
    asset_id: values.asset_id || null,
    kind: values.kind,
    content: values.content.trim(),
    done_on: values.done_on,
    done_by_id: values.by === 'colleague' ? values.done_by_id : null,
    done_by_name: values.by === 'outside' ? values.done_by_name.trim() || null : null,
    next_due_on: values.next_due_on || null,
    fee: values.fee,
  } as ServiceRecordIn
}

/** Only what differs from the record as it was read. */
export function changesOf(values: ServiceValues, before: ServiceValues): ServiceRecordPatch {
  const now = bodyOf(values) as Record<string, unknown>
  const then = bodyOf(before) as Record<string, unknown>
  return Object.fromEntries(Object.entries(now).filter(([key, value]) => key !== 'customer_id' && JSON.stringify(value) !== JSON.stringify(then[key]))) as ServiceRecordPatch
}

/** The rules of the form, by path. */
export const serviceRules: Record<string, Rule<ServiceValues>> = {
  customer_id: required('serviceRecords.customerEmpty'),
  content: all(required('serviceRecords.contentEmpty'), atMost(5000)),
  done_on: (value) => (!value ? t('serviceRecords.doneOnEmpty') : String(value) > today() ? t('serviceRecords.notYet') : null),
  done_by_id: (value, { by }) => (by === 'colleague' && !value ? t('serviceRecords.doneByEmpty') : null),
  done_by_name: (value, { by }) => (by === 'outside' && !String(value ?? '').trim() ? t('serviceRecords.doneByNameEmpty') : atMost(100)(value, null)),
  next_due_on: (value, { done_on: done }) => (value && done && String(value) <= done ? t('serviceRecords.nextTooEarly') : null),
}
