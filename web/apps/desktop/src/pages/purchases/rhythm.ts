import type { PurchaseSummary } from '@guanxi/client'
import { dayText } from '@/dayText'
import { t } from '@/i18n'
import { daysLeft } from '../assets/dueDays'

type Rhythm = NonNullable<PurchaseSummary['rhythm']>
type Month = PurchaseSummary['months'][number]
export const MONTHS = 12

/** How often somebody buys, when they may again, and how late that is by now. */
export function rhythmText({ days, expected_on }: Rhythm): string {
  const left = daysLeft(expected_on)
  const told = { n: days, day: dayText(expected_on) }
  if (left < 0) return t('purchases.rhythmLate', { ...told, late: -left })
  return t(left === 0 ? 'purchases.rhythmToday' : 'purchases.rhythm', told)
}

/** The last twelve months, this one among them, with what was paid in a currency; nothing in some of them. */
export function lastMonths(known: readonly Month[], currency: string, today: string): { month: string; amount: number }[] {
  const paid = new Map(known.map(({ month, totals }) => [month, totals.find((one) => one.currency === currency)?.amount ?? 0]))
  const now = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1
  return Array.from({ length: MONTHS }, (_, place) => {
    const at = now - MONTHS + 1 + place
    const month = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
    return { month, amount: paid.get(month) ?? 0 }
  })
}
