import type { Locale } from './dates'

const SYMBOLS: Record<string, string> = { CNY: '¥', USD: '$', EUR: '€', HKD: 'HK$', JPY: 'JP¥', GBP: '£', TWD: 'NT$', SGD: 'S$' }
const MINOR_DIGITS: Record<string, number> = { JPY: 0, KRW: 0 }

/** The number of digits behind the point in a currency. */
export function minorDigits(currency: string): number {
  return MINOR_DIGITS[currency] ?? 2
}

/** What stands before an amount of a currency. */
export function currencySymbol(currency: string): string {
  return (SYMBOLS[currency] ?? currency).trim()
}

/** The currencies that a field of money can be in. */
export const CURRENCIES = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP', 'TWD', 'SGD'] as const

/** ¥486,000.00: an amount in minor units as documents write it. */
export function moneyText(amount: number, currency: string): string {
  const digits = minorDigits(currency)
  const value = amount / 10 ** digits
  const symbol = SYMBOLS[currency] ?? `${currency} `
  const figure = Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return `${value < 0 ? '−' : ''}${symbol}${figure}`
}

/** ¥128.6 万, or ¥1.3M in English: an amount in minor units as lists write it. */
export function shortMoneyText(amount: number, currency: string, locale: Locale): string {
  const value = amount / 10 ** minorDigits(currency)
  const symbol = SYMBOLS[currency] ?? `${currency} `
  const figure = (size: number) => (value / size).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const magnitude = Math.abs(value)
  if (locale === 'en') {
    if (magnitude >= 1e6) return `${symbol}${figure(1e6)}M`
    if (magnitude >= 1e3) return `${symbol}${figure(1e3)}K`
  } else {
    if (magnitude >= 1e8) return `${symbol}${figure(1e8)} 亿`
    if (magnitude >= 1e4) return `${symbol}${figure(1e4)} 万`
  }
  return moneyText(amount, currency)
}

/** What was typed as an amount, in minor units; null when it is empty and NaN when it is no amount. */
export function parseMoney(typed: string, currency: string): number | null {
  const text = typed.normalize('NFKC').replace(/[\s,¥$€£]/g, '')
  if (text === '') return null
  const match = /^(-?\d+(?:\.\d+)?)([万亿])?$/.exec(text)
  if (!match?.[1]) return Number.NaN
  const factor = match[2] === '万' ? 1e4 : match[2] === '亿' ? 1e8 : 1
  return Math.round(Number(match[1]) * factor * 10 ** minorDigits(currency))
}
