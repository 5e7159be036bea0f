import type { Contact, ContactDetail, ContactIn, Ref } from '@guanxi/client'
import { FIRST_BIRTH_YEAR, phoneText } from '@guanxi/domain'
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
  title: string
  department_name: string
  role: string | null
  phones: { number: string; label: string | null }[]
  email: string
  wechat: string
  birthday: BirthdayDraft
  is_primary: boolean
  remark: string
}

const text = (value: string): string | null => value.trim() || null
const noBirthday = (): BirthdayDraft => ({ calendar: 'solar', year: '', month: null, day: null, leap: false })
const noPhone = (): ContactValues['phones'] => [{ number: '', label: null }]

/** True when nothing of a birthday was typed. */
export function isBlankBirthday({ year, month, day }: BirthdayDraft): boolean {
  return month === null && day === null && year.trim() === ''
}

/** An empty form, of the customer the contact belongs to. */
export function blankContact(customer: Ref | null = null): ContactValues {
  return {
    customer_id: customer?.id ?? null, name: '', gender: null, title: '', department_name: '', role: null, phones: noPhone(),
    email: '', wechat: '', birthday: noBirthday(), is_primary: false, remark: '',
  }
}

/** A contact's values for editing. */
export function valuesOf(contact: Contact | ContactDetail): ContactValues {
  const born = contact.birthday
  return {
    customer_id: contact.customer?.id ?? null,
    name: contact.name,
    gender: contact.gender ?? null,
    title: contact.title ?? '',
    department_name: contact.department_name ?? '',
    role: contact.role ?? null,
    phones: contact.phones.length ? contact.phones.map(({ number, label }) => ({ number: phoneText(number), label: label || null })) : noPhone(),
    email: contact.email ?? '',
    wechat: contact.wechat ?? '',
    birthday: born ? { calendar: born.calendar, year: born.year?.toString() ?? '', month: born.month, day: born.day, leap: born.leap } : noBirthday(),
    is_primary: contact.is_primary,
    remark: contact.remark ?? '',
  }
}

function birthdayOf(draft: BirthdayDraft): ContactIn['birthday'] {
  if (draft.month === null || draft.day === null) return null
  const { calendar, month, day } = draft
  return { calendar, month, day, leap: calendar === 'lunar' && draft.leap, year: draft.year.trim() ? Number(draft.year) : null }
}

/** What is sent: lines without a number left out, empty text as nothing. */
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
  } as ContactIn
}

/** Only what differs from the record as it was read. */
export function changesOf(values: ContactValues, before: ContactValues): Partial<ContactIn> {
  const now = bodyOf(values) as Record<string, unknown>
  const then = bodyOf(before) as Record<string, unknown>
  return Object.fromEntries(Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(then[key]))) as Partial<ContactIn>
}

/** The form's values once a conflict was decided: theirs, and of ours what was changed and chosen. */
export function mergedValues(mine: ContactValues, before: ContactValues, theirs: ContactValues, choice: Record<string, 'mine' | 'theirs'>): ContactValues {
  const kept = Object.keys(changesOf(mine, before)).filter((field) => choice[field] !== 'theirs' && choice[field.replace(/_id$/, '')] !== 'theirs')
  const own = mine as unknown as Record<string, unknown>
  return { ...theirs, ...Object.fromEntries(kept.map((field) => [field, own[field]])) }
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
