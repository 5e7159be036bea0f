import type { Contact, ContactDetail, ContactIn, Ref } from '@guanxi/client'
import { changedCustom, draftsOf, FIRST_BIRTH_YEAR, freshDrafts, phoneText, type Facts, type FieldDrafts, type Filler, type OwnField } from '@guanxi/domain'
import { mergedDrafts } from '@/components/fields/ownFields'
import { all, atMost, email, phone, required } from '@/composables/rules'
import type { Rule } from '@/composables/useForm'
import { t } from '@/i18n'

/** A birthday while it is being typed: parts may still be missing. */
export interface BirthdayDraft {
  calendar: 'solar' | 'lunar'
  year: string
  month: number | null
  day: number | null
  leap: boolean
}

/** A contact as the form holds it: empty text instead of nothing. */
export interface ContactValues {
  customer_id: string | null
  name: string
  gender: string | null
  language: string | null
  title: string
  department_name: string
  role: string | null
  phones: { number: string; label: string | null }[]
  email: string
  wechat: string
  birthday: BirthdayDraft
  is_primary: boolean
  remark: string
  /** The company's own fields, by name. */
  custom: FieldDrafts
}

const text = (value: string): string | null => value.trim() || null
const noBirthday = (): BirthdayDraft => ({ calendar: 'solar', year: '', month: null, day: null, leap: false })
const noPhone = (): ContactValues['phones'] => [{ number: '', label: null }]

/** True when nothing of a birthday was typed. */
export function isBlankBirthday({ year, month, day }: BirthdayDraft): boolean {
  return month === null && day === null && year.trim() === ''
}

/** An empty form, of the customer the contact belongs to. */
export function blankContact(customer: Ref | null = null, own: readonly OwnField[] = [], filler: Filler = { me: null, timeZone: 'Asia/Shanghai' }): ContactValues {
  return {
    customer_id: customer?.id ?? null, name: '', gender: null, language: null, title: '', department_name: '', role: null, phones: noPhone(),
    email: '', wechat: '', birthday: noBirthday(), is_primary: false, remark: '',
    custom: freshDrafts(own, filler),
  }
}

/** A contact's values for editing. */
export function valuesOf(contact: Contact | ContactDetail, own: readonly OwnField[] = []): ContactValues {
  const born = contact.birthday
  return {
    customer_id: contact.customer?.id ?? null,
    name: contact.name,
    gender: contact.gender ?? null,
    language: contact.language ?? null,
    title: contact.title ?? '',
    department_name: contact.department_name ?? '',
    role: contact.role ?? null,
    phones: contact.phones.length ? contact.phones.map(({ number, label }) => ({ number: phoneText(number), label: label || null })) : noPhone(),
    email: contact.email ?? '',
    wechat: contact.wechat ?? '',
    birthday: born ? { calendar: born.calendar, year: born.year?.toString() ?? '', month: born.month, day: born.day, leap: born.leap } : noBirthday(),
    is_primary: contact.is_primary,
    remark: contact.remark ?? '',
    custom: draftsOf(own, contact.custom ?? {}),
  }
}

function birthdayOf(draft: BirthdayDraft): ContactIn['birthday'] {
  if (draft.month === null || draft.day === null) return null
  const { calendar, month, day } = draft
  return { calendar, month, day, leap: calendar === 'lunar' && draft.leap, year: draft.year.trim() ? Number(draft.year) : null }
}

/** What is sent of the built-in fields: lines without a number left out, empty text as nothing. */
export function bodyOf(values: ContactValues): ContactIn {
  return {
    ...values,
    name: values.name.trim(),
    title: text(values.title),
    department_name: text(values.department_name),
    phones: values.phones.filter(({ number }) => number.trim()).map(({ number, label }) => ({ number: number.trim(), label: label ?? '' })),
    email: text(values.email),
    wechat: text(values.wechat),
    birthday: birthdayOf(values.birthday),
    remark: text(values.remark),
    custom: undefined,
  } as ContactIn
}

/** What is sent of a contact about to be made; own fields left as they start are the server's to fill. */
export function creationOf(values: ContactValues, fresh: ContactValues, own: readonly OwnField[]): ContactIn {
  return { ...bodyOf(values), custom: changedCustom(own, values.custom, fresh.custom) }
}

/** Only what differs from the record as it was read. */
export function changesOf(values: ContactValues, before: ContactValues, own: readonly OwnField[] = []): Partial<ContactIn> {
  const now = bodyOf(values) as Record<string, unknown>
  const then = bodyOf(before) as Record<string, unknown>
  const custom = changedCustom(own, values.custom, before.custom)
  const changed = Object.fromEntries(Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(then[key])))
  return (Object.keys(custom).length ? { ...changed, custom } : changed) as Partial<ContactIn>
}

/** What conditions see of the built-in fields. */
export function builtInFacts(values: ContactValues): Facts {
  return bodyOf(values) as unknown as Facts
}

/** The form's values once a conflict was decided: theirs, and of ours what was changed and chosen. */
export function mergedValues(mine: ContactValues, before: ContactValues, theirs: ContactValues, choice: Record<string, 'mine' | 'theirs'>, fields: readonly OwnField[] = []): ContactValues {
  const kept = Object.keys(changesOf(mine, before)).filter((field) => choice[field] !== 'theirs' && choice[field.replace(/_id$/, '')] !== 'theirs')
  const own = mine as unknown as Record<string, unknown>
  const custom = mergedDrafts(fields, mine.custom, before.custom, theirs.custom, choice)
  return { ...theirs, ...Object.fromEntries(kept.map((field) => [field, own[field]])), custom }
}

/** Refuses half a birthday, and years that nobody alive was born in. */
export const birthday: Rule<unknown> = (value) => {
  const draft = value as BirthdayDraft
  if (isBlankBirthday(draft)) return null
  if (draft.month === null || draft.day === null) return t('birthday.incomplete')
  const last = new Date().getFullYear()
  const year = draft.year.trim() === '' ? last : Number(draft.year)
  return Number.isInteger(year) && year >= FIRST_BIRTH_YEAR && year <= last ? null : t('birthday.yearRange', { first: FIRST_BIRTH_YEAR, last })
}

/** The rules of the form, by path. */
export const contactRules: Record<string, Rule<unknown>> = {
  name: all(required('contacts.nameEmpty'), atMost(50)),
  title: atMost(50),
  department_name: atMost(50),
  'phones.*.number': phone,
  email,
  wechat: atMost(64),
  birthday,
  remark: atMost(5000),
}
