/** What is wrong with a sign-in name, or null. */
export type LoginFault = 'empty' | 'mobile-length' | 'email' | 'neither'

/** Checks a sign-in name: a mainland mobile number or an e-mail address. */
export function loginFault(typed: string): LoginFault | null {
  const text = typed.normalize('NFKC').trim()
  if (text === '') return 'empty'
  if (text.includes('@')) return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text) ? null : 'email'
  const digits = mobileDigits(text)
  if (digits === null) return text.startsWith('+') && /^\+[\d\s()-]{7,}$/.test(text) ? null : 'neither'
  return /^1[3-9]\d{9}$/.test(digits) ? null : 'mobile-length'
}

/** The digits of a mainland mobile number as typed, without +86, blanks and dashes; null when it is something else. */
export function mobileDigits(typed: string): string | null {
  const bare = typed.normalize('NFKC').replace(/[\s\-()]/g, '').replace(/^(\+?86)(?=1\d{10}$)/, '')
  return /^\d+$/.test(bare) ? bare : null
}

/** Strength of a password: 0 too short, 1 weak, 2 fair, 3 good. */
export type PasswordStrength = 0 | 1 | 2 | 3

export const PASSWORD_MIN = 8

const FREQUENT = /^(?:12345678\d*|password\d*|qwerty\w*|abc12345?\w*|1qaz2wsx\w*|11111111\d*|88888888\d*|woaini\w*|admin\w*)$/i

/** How hard a password is to guess, judged by length and variety; `known` are words that others may guess (name, company). */
export function passwordStrength(password: string, known: readonly string[] = []): PasswordStrength {
  if ([...password].length < PASSWORD_MIN) return 0
  const lower = password.toLowerCase()
  const guessable = known.some((word) => word.length >= 3 && lower.includes(word.toLowerCase()))
  if (FREQUENT.test(password) || guessable || new Set(password).size < 5) return 1
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length
  const score = [...password].length + kinds * 2
  return score >= 18 ? 3 : score >= 13 ? 2 : 1
}
