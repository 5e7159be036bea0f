import { answer, newKey, once, Problem, type PriceBookDetail } from '@guanxi/client'
import { api } from '@/api'
import { t } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'

/** Puts a price book to use or retires it; what stands in the way is told. */
export function usePriceBookDeeds(): { turn: (book: PriceBookDetail, into: 'active' | 'retired') => Promise<PriceBookDetail | null> } {
  const feedback = useFeedback()

  async function turn({ id, name }: PriceBookDetail, into: 'active' | 'retired'): Promise<PriceBookDetail | null> {
    const sent = { params: { path: { id } }, ...once(newKey()) }
    try {
      const fresh = into === 'active' ? await answer(api.POST('/api/v1/price-books/{id}/activation', sent)) : await answer(api.POST('/api/v1/price-books/{id}/retirement', sent))
      feedback.toast(t(into === 'active' ? 'priceBooks.activated' : 'priceBooks.retired', { name }))
      return fresh
    } catch (thrown) {
      await feedback.ask({ title: t('priceBooks.notChanged', { name }), body: problemText(Problem.of(thrown)), action: t('action.close') })
      return null
    }
  }
  return { turn }
}
