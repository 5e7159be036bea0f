import type { BookPrice, PriceBook } from '@guanxi/client'
import { dayIn, type Tone } from '@guanxi/domain'
import { dayText } from '@/dayText'
import { t, tEnum } from '@/i18n'
import { useSession } from '@/stores/session'

export const BOOK_KINDS = ['standard', 'tier', 'customer'] as const
export const BOOK_STATES = ['active', 'draft', 'retired'] as const

/** What a book is today: its state, and whether its days have come. */
export type Standing = 'draft' | 'coming' | 'active' | 'over' | 'retired'
export const STANDING_TONES: Record<Standing, Tone> = { draft: 'gray', coming: 'info', active: 'ok', over: 'warn', retired: 'gray' }

type Dated = Pick<PriceBook, 'valid_from' | 'valid_until'>

/** Where a book stands on the company's day. */
export function standingOf(book: Dated & Pick<PriceBook, 'state'>): Standing {
  if (book.state !== 'active') return book.state
  const today = dayIn(new Date().toISOString(), useSession().timeZone)
  if (book.valid_from > today) return 'coming'
  return book.valid_until !== null && book.valid_until < today ? 'over' : 'active'
}

/** From when to when a book is valid. */
export function validityText({ valid_from, valid_until }: Dated): string {
  const from = dayText(valid_from)
  return valid_until ? t('priceBooks.between', { from, until: dayText(valid_until) }) : t('priceBooks.always', { from })
}

/** For whom a book is. */
export function audienceText({ kind, tiers, customer_count }: Pick<BookPrice, 'kind' | 'tiers'> & { customer_count?: number }): string {
  if (kind === 'tier') return tiers.map((tier) => tEnum('customerTier', tier)).join(t('list.and'))
  if (kind === 'customer' && customer_count !== undefined) return t('priceBooks.customerCount', { n: customer_count })
  return t(`priceBookKind.${kind}`)
}
