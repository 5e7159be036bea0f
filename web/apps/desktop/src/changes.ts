import { birthdayText, dateText, moneyText, phoneText, reminderText, repeatOfRule, repeatText, yearDayText, type Birthday, type Reminder, type Repeat } from '@guanxi/domain'
import { currentLocale, LOCALES, t, tEnum } from '@/i18n'
import { useSession } from '@/stores/session'

/** The vocabulary of a field's values, where they are words of ours. */
const VOCABULARY: Record<string, string> = {
  kind: 'customerKind',
  type: 'customerType',
  tier: 'customerTier',
  stage: 'customerStage',
  gender: 'gender',
  language: 'templateLocale',
  role: 'buyingRole',
  priority: 'priority',
  state: 'userState',
}
/** Fields whose name another subject gives another sense, and the words they then take. */
const OF_SUBJECT: Record<string, Record<string, { label: string; vocabulary?: string }>> = {
  activity: { kind: { label: 'activity_kind', vocabulary: 'activityKind' } },
  task: { title: { label: 'task_title' } },
  product: { state: { label: 'state', vocabulary: 'productState' }, code: { label: 'product_code' } },
  quote: { state: { label: 'state', vocabulary: 'quoteState' }, title: { label: 'quote_title' }, valid_until: { label: 'quote_valid_until' }, remark: { label: 'quote_remark' }, terms: { label: 'quote_terms' }, discount: { label: 'quote_discount' }, name: { label: 'name' }, note: { label: 'quote_note' }, code: { label: 'product_code' } },
  asset: { state: { label: 'state', vocabulary: 'assetState' }, name: { label: 'asset_name' }, remark: { label: 'asset_remark' }, maintenance_unit: { label: 'maintenance_unit', vocabulary: 'everyUnit' } },
  'service-record': { kind: { label: 'service_kind', vocabulary: 'serviceKind' }, content: { label: 'service_content' } },
  purchase: { name: { label: 'purchase_name' }, remark: { label: 'asset_remark' } },
  advance: { state: { label: 'state', vocabulary: 'advanceState' }, title: { label: 'advance_title' } },
  budget: { budget_mode: { label: 'limit_mode', vocabulary: 'budgetMode' } },
  'expense-limit': { limit_per: { label: 'limit_per', vocabulary: 'limitPer' }, limit_mode: { label: 'limit_mode', vocabulary: 'limitMode' } },
  'expense-claim': { state: { label: 'state', vocabulary: 'claimState' }, title: { label: 'claim_title' } },
  'expense-request': { state: { label: 'state', vocabulary: 'requestState' }, title: { label: 'request_title' } },
  field: { kind: { label: 'field_kind', vocabulary: 'fieldKind' }, label: { label: 'field_label' }, key: { label: 'field_key' }, default_value: { label: 'field_default' } },
}
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

const PEOPLE = new Set(['contact', 'user', 'invitation'])
const FRESH = new Set(['created', 'imported', 'signed-up'])

/** The name of a field in the reader's language, as one says it of a subject; the raw one when it has none. */
export function fieldLabel(field: string, subject?: string | null): string {
  const own = OF_SUBJECT[subject ?? '']?.[field]
  return tEnum('field', own ? own.label : field === 'name' && PEOPLE.has(subject ?? '') ? 'person_name' : field)
}

/** What a changed field was called: own fields bring their name along. */
export function changeLabel({ field, label }: { field: string; label?: string }, subject?: string | null): string {
  return label ?? fieldLabel(field, subject)
}

/** True for a deed by which something came into being. */
export function isFresh(deed: string): boolean {
  return FRESH.has(deed)
}

/** A value out of a change, as people read it; `nameOf` finds the names behind ids. */
export function changeText(field: string, value: unknown, nameOf?: (id: string) => string | null, subject?: string | null): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no')
  if (Array.isArray(value)) return value.map((item) => changeText(field, item, nameOf, subject)).join(t('list.and'))
  if (typeof value === 'object') return objectText(field, value as Record<string, unknown>)
  const text = String(value)
  if (UUID.test(text)) return nameOf?.(text) ?? t('value.someone')
  if (field === 'phones') return phoneText(text)
  if (field === 'repeat') return ruleText(text)
  if (MOMENT.test(text)) return dateText(text, 'full', { locale: currentLocale(), timeZone: useSession().timeZone })
  if (field === 'founding_day') return yearDayText(text, currentLocale())
  if (field === 'tax_rate') return `${Number(text) / 100}%`
  if (field === 'locale') return LOCALES.find(({ value: locale }) => locale === text)?.label ?? text
  const vocabulary = OF_SUBJECT[subject ?? '']?.[field]?.vocabulary ?? VOCABULARY[field]
  return vocabulary ? tEnum(vocabulary, text) : text
}

function ruleText(rule: string): string {
  const repeat = repeatOfRule(rule)
  return repeat ? repeatText(repeat, currentLocale()) : rule
}

function objectText(field: string, value: Record<string, unknown>): string {
  if (typeof value.amount === 'number' && typeof value.currency === 'string') return moneyText(value.amount, value.currency)
  if (typeof value.name === 'string') return value.name
  if (typeof value.number === 'string') return phoneText(value.number)
  if (Array.isArray(value.options)) return (value.options as { label: string }[]).map(({ label }) => label).join(t('list.and'))
  if (Array.isArray(value.fields)) return [value.title, t('fields.count', { n: value.fields.length })].filter(Boolean).join(' ')
  if (field === 'settings') return Object.values(value).map(String).join(t('list.and'))
  if (field === 'rules') return Object.keys(value).map((word) => tEnum('ruleWord', word)).join(t('list.and'))
  if (field === 'permissions') return Object.entries(value).map(([code, scope]) => `${code} ${tEnum('scope', String(scope))}`).join(t('list.and'))
  if (field === 'relationship') return [(value.contact as { name?: string } | undefined)?.name, tEnum('relationKind', String(value.kind))].filter(Boolean).join(' · ')
  if (field === 'repeat') return repeatText(value as unknown as Repeat, currentLocale())
  if (field === 'reminders') return reminderText(value as unknown as Reminder, currentLocale())
  if (typeof value.month === 'number' && typeof value.day === 'number') return birthdayText(value as unknown as Birthday, currentLocale())
  return JSON.stringify(value)
}
