import { answer, ifMatch, newKey, once, type AdvanceDetail } from '@guanxi/client'
import { moneyText } from '@guanxi/domain'
import { api } from '@/api'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'
import type { Choosing } from '../approvals/useChoosing'
import { whyNot } from '../expenses/claimForm'

type Done = Promise<AdvanceDetail | null>

/** How an advance goes on: each deed gives it as it is then, or null if it was refused, which is told. */
export function useAdvanceDeeds(): {
  /** Asks first for the people that the flow lets the submitter choose, if there are any; what was `saved` before is told to be kept if that is as far as it goes. */
  submit: (advance: AdvanceDetail, choosing: Choosing, saved?: boolean) => Done
  /** Asks first whether money that is granted is not needed. */
  withdraw: (advance: AdvanceDetail) => Done
  remove: (advance: AdvanceDetail, restored: (id: string) => unknown) => Promise<boolean>
} {
  const feedback = useFeedback()

  async function attempt<T>({ number }: AdvanceDetail, act: () => Promise<T>, saved = false): Promise<T | null> {
    try {
      return await act()
    } catch (thrown) {
      await feedback.ask({ title: t(saved ? 'expenses.notSubmitted' : 'expenses.notDone', { number }), body: whyNot(thrown), action: t('action.close') })
      return null
    }
  }
  async function go(advance: AdvanceDetail, act: () => Promise<unknown>, said: (fresh: AdvanceDetail) => string, saved = false): Done {
    const fresh = (await attempt(advance, act, saved)) as AdvanceDetail | null
    if (fresh) feedback.toast(said(fresh))
    return fresh
  }
  const path = ({ id }: AdvanceDetail): { params: { path: { id: string } } } => ({ params: { path: { id } } })

  return {
    submit: async (advance, choosing, saved = false) => {
      const choices = await attempt(advance, async () => (await answer(api.GET('/api/v1/advances/{id}/submission', path(advance)))).choices)
      const chosen = choices && (await choosing.ask(advance.number, choices))
      if (choices && !chosen && saved) feedback.toast(t('expenses.keptAsDraft', { number: advance.number }))
      if (!chosen) return null
      return go(
        advance,
        () => answer(api.POST('/api/v1/advances/{id}/submission', { ...path(advance), body: { chosen }, ...ifMatch(advance.version, newKey()) })),
        ({ state, number }) => t(state === 'approved' ? 'advances.approvedAtOnce' : 'expenses.submitted', { number }),
        saved,
      )
    },
    withdraw: async (advance) => {
      const { number, state, amount } = advance
      const sure = state !== 'approved' || (await feedback.ask({ title: t('advances.giveUpTitle', { number }), body: t('advances.giveUpText', { amount: moneyText(amount.amount, amount.currency) }), action: t('advances.giveUp') }))
      return sure ? go(advance, () => answer(api.DELETE('/api/v1/advances/{id}/submission', path(advance))), () => t('expenses.withdrawn', { number })) : advance
    },
    remove: async (advance, restored) => {
      const gone = await attempt(advance, () => api.DELETE('/api/v1/advances/{id}', { ...path(advance), ...ifMatch(advance.version) }))
      if (!gone) return false
      const { id, number } = advance
      feedback.toast(t('expenses.deleted', { number }), async () => {
        const back = await attempt(advance, () => answer(api.POST('/api/v1/recycle-bin/{type}/{id}/restoration', { params: { path: { type: 'advance', id } }, ...once(newKey()) })))
        if (!back) return
        feedback.toast(t('expenses.restored', { number }))
        await restored(id)
      })
      return true
    },
  }
}
