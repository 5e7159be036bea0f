import type { Money } from '@guanxi/client'
import { minorDigits, moneyText, parseMoney, parsePerCent } from '@guanxi/domain'

/** An amount as documents write it; nothing for none. */
export const amountText = (money: Money | null | undefined): string => (money ? moneyText(money.amount, money.currency) : '')

/** Basis points as per cent: 12.5%. */
export const rateText = (points: number | null | undefined): string => (points === null || points === undefined ? '' : `${points / 100}%`)

export interface Discount {
  rate: number
  amount: number
}

/** A discount as it is typed: `5` for five per cent, `¥10` for an amount. */
export function typedDiscount({ rate, amount }: Discount, currency: string): string {
  if (amount) return `¥${(amount / 10 ** minorDigits(currency)).toFixed(minorDigits(currency)).replace(/\.0+$/, '')}`
  return rate ? String(rate / 100) : ''
}

/** What was typed as a discount; null where it is none. */
export function parseDiscount(typed: string, currency: string): Discount | null {
  const text = typed.normalize('NFKC').trim().replace(/^[-−]/, '')
  if (text === '') return { rate: 0, amount: 0 }
  if (/^[¥$€£]|元$/.test(text)) {
    const amount = parseMoney(text.replace(/元$/, ''), currency)
    return amount !== null && amount >= 0 ? { rate: 0, amount } : null
  }
  const rate = parsePerCent(text)
  return rate !== null && rate >= 0 && rate <= 10_000 ? { rate, amount: 0 } : null
}
