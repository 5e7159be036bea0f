import { answer, ifMatch, newKey, once, Problem, type QuoteDetail } from '@guanxi/client'
import { api } from '@/api'
import { t } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'
import type { Choosing } from '../approvals/useChoosing'

type Done = Promise<QuoteDetail | null>

/** How a quote goes on: each deed gives the quote as it is then, or null if it was refused, which is told. */
export function useQuoteDeeds(): {
  /** Asks first for the people that the flow lets the submitter choose, if there are any. */
  submit: (quote: QuoteDetail, choosing: Choosing) => Done
  withdraw: (quote: QuoteDetail) => Done
  send: (quote: QuoteDetail) => Done
  decide: (quote: QuoteDetail, outcome: 'accepted' | 'declined', reason?: string) => Done
  renew: (quote: QuoteDetail) => Done
  remove: (quote: QuoteDetail, restored: (id: string) => unknown) => Promise<boolean>
} {
  const feedback = useFeedback()

  async function attempt<T>({ number }: QuoteDetail, act: () => Promise<T>): Promise<T | null> {
    try {
      return await act()
    } catch (thrown) {
      await feedback.ask({ title: t('quotes.notDone', { number }), body: problemText(Problem.of(thrown)), action: t('action.close') })
      return null
    }
  }
  async function go(quote: QuoteDetail, act: () => Promise<unknown>, said: (fresh: QuoteDetail) => string): Done {
    const fresh = (await attempt(quote, act)) as QuoteDetail | null
    if (fresh) feedback.toast(said(fresh))
    return fresh
  }
  const path = ({ id }: QuoteDetail): { params: { path: { id: string } } } => ({ params: { path: { id } } })

  return {
    submit: async (quote, choosing) => {
      const choices = await attempt(quote, async () => (await answer(api.GET('/api/v1/quotes/{id}/submission', path(quote)))).choices)
      const chosen = choices && (await choosing.ask(quote.number, choices))
      if (!chosen) return null
      return go(
        quote,
        () => answer(api.POST('/api/v1/quotes/{id}/submission', { ...path(quote), body: { chosen }, ...ifMatch(quote.version, newKey()) })),
        ({ state, number }) => t(state === 'approved' ? 'quotes.approvedAtOnce' : 'quotes.submitted', { number }),
      )
    },
    withdraw: (quote) => go(quote, () => answer(api.DELETE('/api/v1/quotes/{id}/submission', path(quote))), ({ number }) => t('quotes.withdrawn', { number })),
    send: (quote) => go(quote, () => answer(api.POST('/api/v1/quotes/{id}/sending', { ...path(quote), ...once(newKey()) })), ({ number }) => t('quotes.sent', { number })),
    decide: (quote, outcome, reason) =>
      go(
        quote,
        () => answer(api.POST('/api/v1/quotes/{id}/outcome', { ...path(quote), body: { outcome, reason: reason?.trim() || null }, ...once(newKey()) })),
        ({ number }) => t(`quotes.${outcome}`, { number }),
      ),
    renew: (quote) => go(quote, () => answer(api.POST('/api/v1/quotes/{id}/renewal', { ...path(quote), ...once(newKey()) })), ({ number, revision }) => t('quotes.renewed', { number, n: revision })),
    remove: async (quote, restored) => {
      const gone = await attempt(quote, () => api.DELETE('/api/v1/quotes/{id}', { ...path(quote), ...ifMatch(quote.version) }))
      if (!gone) return false
      const { id, number } = quote
      feedback.toast(t('quotes.deleted', { number }), async () => {
        const back = await attempt(quote, () => answer(api.POST('/api/v1/recycle-bin/{type}/{id}/restoration', { params: { path: { type: 'quote', id } }, ...once(newKey()) })))
        if (!back) return
        feedback.toast(t('quotes.restored', { number }))
        await restored(id)
      })
      return true
    },
  }
}
