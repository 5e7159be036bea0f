import { parsePerCent } from '@guanxi/domain'
import { t } from '@/i18n'

const LEAST = -9_999
const MOST = 100_000

/** What is wrong with a percentage by which prices are to change; nothing with none. */
export function perCent(typed: string): string | null {
  const rate = parsePerCent(typed)
  if (rate === null) return null
  return rate >= LEAST && rate <= MOST ? null : t('priceAdjust.rateWrong')
}
