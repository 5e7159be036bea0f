import type { Customer, CustomerDetail, CustomerIn, Money } from '@guanxi/client'
import { changedCustom, draftsOf, freshDrafts, isYearDay, phoneText, type Facts, type FieldDrafts, type Filler, type OwnField } from '@guanxi/domain'
import { all, atMost, email, phone, required, website } from '@/composables/rules'
import type { Rule } from '@/composables/useForm'
import { t } from '@/i18n'

/** A customer as the form holds it: empty text instead of nothing. */
export interface CustomerValues {
  kind: string
  name: string
  type: string
  tier: string | null
  stage: string
  source: string
  industry: string
  region: string
  address: string
  website: string
  credit_code: string
  employees: string
  founded_year: string
  /** `03-08`; half chosen `03-`. */
  founding_day: string
  annual_revenue: Money | null
  phones: { number: string; label: string | null }[]
  email: string
  owner_id: string | null
  parent_id: string | null
  tags: string[]
  remark: string
  /** The company's own fields, by name. */
  custom: FieldDrafts
}

/** The fields that only companies have. */
export const OF_COMPANIES: ReadonlySet<string> = new Set(['credit_code', 'employees', 'founded_year', 'founding_day', 'annual_revenue', 'parent_id'])

/** A whole number; what is none goes to the server as it was typed, which says what is wrong with it. */
function whole(value: string): number | string | null {
  const typed = value.trim()
  if (typed === '') return null
  return /^-?\d+$/.test(typed) ? Number(typed) : typed
}
const text = (value: string): string | null => value.trim() || null

/** An empty form; `owner` starts as the person who fills it in. */
export function blankCustomer(ownerId: string | null, own: readonly OwnField[] = [], filler: Filler = { me: ownerId, timeZone: 'Asia/Shanghai' }): CustomerValues {
  return {
    kind: 'company', name: '', type: 'end_customer', tier: null, stage: 'potential', source: '', industry: '', region: '',
    address: '', website: '', credit_code: '', employees: '', founded_year: '', founding_day: '', annual_revenue: null,
    phones: [{ number: '', label: null }], email: '', owner_id: ownerId, parent_id: null, tags: [], remark: '',
    custom: freshDrafts(own, filler),
  }
}

/** A customer's values for editing. */
export function valuesOf(customer: Customer | CustomerDetail, own: readonly OwnField[] = []): CustomerValues {
  return {
    kind: customer.kind,
    name: customer.name,
    type: customer.type,
    tier: customer.tier ?? null,
    stage: customer.stage,
    source: customer.source ?? '',
    industry: customer.industry ?? '',
    region: customer.region ?? '',
    address: customer.address ?? '',
    website: customer.website ?? '',
    credit_code: customer.credit_code ?? '',
    employees: customer.employees?.toString() ?? '',
    founded_year: customer.founded_year?.toString() ?? '',
    founding_day: customer.founding_day ?? '',
    annual_revenue: customer.annual_revenue ?? null,
    phones: customer.phones.length ? customer.phones.map(({ number, label }) => ({ number: phoneText(number), label: label || null })) : [{ number: '', label: null }],
    email: customer.email ?? '',
    owner_id: customer.owner?.id ?? null,
    parent_id: customer.parent?.id ?? null,
    tags: [...customer.tags],
    remark: customer.remark ?? '',
    custom: draftsOf(own, customer.custom ?? {}),
  }
}

/** What is sent of the built-in fields: lines without a number left out, empty text as nothing. */
export function bodyOf(values: CustomerValues): CustomerIn {
  return {
    ...values,
    name: values.name.trim(),
    source: text(values.source),
    industry: text(values.industry),
    region: text(values.region),
    address: text(values.address),
    website: text(values.website),
    credit_code: text(values.credit_code),
    employees: whole(values.employees),
    founded_year: whole(values.founded_year),
    founding_day: text(values.founding_day),
    phones: values.phones.filter(({ number }) => number.trim()).map(({ number, label }) => ({ number: number.trim(), label: label ?? '' })),
    email: text(values.email),
    remark: text(values.remark),
    custom: undefined,
  } as CustomerIn
}

/** What is sent of a customer about to be made; own fields left as they start are the server's to fill. */
export function creationOf(values: CustomerValues, fresh: CustomerValues, own: readonly OwnField[]): CustomerIn {
  return { ...bodyOf(values), custom: changedCustom(own, values.custom, fresh.custom) }
}

/** Only what differs from the record as it was read. */
export function changesOf(values: CustomerValues, before: CustomerValues, own: readonly OwnField[] = []): Partial<CustomerIn> {
  const now = bodyOf(values) as Record<string, unknown>
  const then = bodyOf(before) as Record<string, unknown>
  const custom = changedCustom(own, values.custom, before.custom)
  const changed = Object.fromEntries(Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(then[key])))
  return (Object.keys(custom).length ? { ...changed, custom } : changed) as Partial<CustomerIn>
}

/** What conditions see of the built-in fields. */
export function builtInFacts(values: CustomerValues): Facts {
  return bodyOf(values) as unknown as Facts
}

/** The rules of the form, by path. */
export const customerRules: Record<string, Rule<unknown>> = {
  name: all(required('customers.nameEmpty'), atMost(200)),
  'phones.*.number': phone,
  email,
  website,
  remark: atMost(5000),
  founding_day: (value) => (!value || isYearDay(String(value)) ? null : t('birthday.incomplete')),
}
