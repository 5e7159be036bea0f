import type { ConditionField } from '@/components/filters/conditionFields'
import { fromFilters } from '@/components/filters/fromFilters'
import type { FilterField } from '@/components/list/columns'
import { assetFilters } from '../assets/listing'
import { purchaseFilters } from '../purchases/listing'
import { serviceFilters } from '../service-records/listing'
import type { Trigger } from './wording'

/** The kinds of records, beside people and customers, that a rule can go by. */
export const RECORDS = ['asset', 'quote', 'service-record', 'purchase'] as const
export type RuleRecord = (typeof RECORDS)[number]

const BEGINS_WITH: Record<string, RuleRecord> = { 'service-done': 'service-record', purchased: 'purchase', 'quote-accepted': 'quote', 'quote-approved': 'quote' }
const FILTERS: Partial<Record<RuleRecord, () => FilterField[]>> = { asset: assetFilters, purchase: purchaseFilters, 'service-record': serviceFilters }

/** The record that a rule goes by, if it has fields beside those of its customer and contact. */
export function recordOf(trigger: Trigger): RuleRecord | null {
  if (trigger.kind === 'event') return BEGINS_WITH[trigger.happening ?? ''] ?? null
  const word = trigger.kind === 'date' ? trigger.field?.split('.')[0] : null
  return RECORDS.find((record) => record === word) ?? null
}

/** What such records can be told apart by, but for whose they are: that is asked of the customer. */
export const recordFields = (record: RuleRecord): ConditionField[] => fromFilters((FILTERS[record]?.() ?? []).filter(({ name }) => name !== 'customer_id'))
