import { loginFault, mobileDigits, parseMoney, PASSWORD_MIN } from '@guanxi/domain'
import { t, type MessageKey } from '@/i18n'
import type { Rule } from './useForm'

type AnyRule = Rule<unknown>

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** Refuses an empty value, with words that say what belongs there. */
export function required(key: MessageKey): AnyRule {
  return (value) => (value === null || value === undefined || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0) ? t(key) : null)
}

/** Refuses more than `most` characters. */
export function atMost(most: number): AnyRule {
  return (value) => {
    const length = [...textOf(value)].length
    return length > most ? t('rule.atMost', { most, now: length }) : null
  }
}

/** The first refusal among several rules. */
export function all(...rules: AnyRule[]): AnyRule {
  return (value, values) => {
    for (const rule of rules) {
      const fault = rule(value, values)
      if (fault) return fault
    }
    return null
  }
}

/** A mobile number or an e-mail address to sign in with. */
export const login: AnyRule = (value) => {
  const fault = loginFault(textOf(value))
  if (fault === null) return null
  if (fault === 'mobile-length') return t('rule.mobileLength', { now: mobileDigits(textOf(value))?.length ?? 0 })
  return t(fault === 'empty' ? 'rule.loginEmpty' : fault === 'email' ? 'rule.email' : 'rule.login')
}

/** An e-mail address, or nothing. */
export const email: AnyRule = (value) => {
  const text = textOf(value)
  return text === '' || (text.includes('@') && loginFault(text) === null) ? null : t('rule.email')
}

/** A telephone number in whatever form it is written, or nothing. */
export const phone: AnyRule = (value) => {
  const text = textOf(value).normalize('NFKC')
  if (text === '') return null
  const digits = mobileDigits(text)
  if (digits?.startsWith('1') && digits.length > 5 && digits.length !== 11) return t('rule.mobileLength', { now: digits.length })
  return /^[+\d][\d\s()\-–转*#.,ext]{2,}$/i.test(text) ? null : t('rule.phone')
}

/** A web address with or without its scheme, or nothing. */
export const website: AnyRule = (value) => {
  const text = textOf(value)
  return text === '' || /^(https?:\/\/)?[^\s/.]+(\.[^\s/.]+)+(\/\S*)?$/i.test(text) ? null : t('rule.website')
}

/** A new password: long enough. */
export const newPassword: AnyRule = (value) => {
  const length = [...(typeof value === 'string' ? value : '')].length
  if (length === 0) return t('rule.passwordEmpty')
  return length < PASSWORD_MIN ? t('rule.passwordShort', { least: PASSWORD_MIN, now: length }) : null
}

/** An amount as it may be typed, or nothing. */
export function money(currency = 'CNY'): AnyRule {
  return (value) => (Number.isNaN(parseMoney(textOf(value), currency)) ? t('rule.money') : null)
}
