import { answer, ifMatch, newKey, once, type ExpenseClaimDetail } from '@guanxi/client'
import { api } from '@/api'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'
import type { Choosing } from '../approvals/useChoosing'
import { whyNot } from './claimForm'

type Done = Promise<ExpenseClaimDetail | null>

/** How a claim goes on: each deed gives the claim as it is then, or null if it was refused, which is told. */
export function useClaimDeeds(): {
  /** Asks first for the people that the flow lets the submitter choose, if there are any; what was `saved` before is told to be kept if that is as far as it goes. */
  submit: (claim: ExpenseClaimDetail, choosing: Choosing, saved?: boolean) => Done
  withdraw: (claim: ExpenseClaimDetail) => Done
  remove: (claim: ExpenseClaimDetail, restored: (id: string) => unknown) => Promise<boolean>
} {
  const feedback = useFeedback()

  async function attempt<T>({ number }: ExpenseClaimDetail, act: () => Promise<T>, saved = false): Promise<T | null> {
    try {
      return await act()
    } catch (thrown) {
      await feedback.ask({ title: t(saved ? 'expenses.notSubmitted' : 'expenses.notDone', { number }), body: whyNot(thrown), action: t('action.close') })
      return null
    }
  }
  async function go(claim: ExpenseClaimDetail, act: () => Promise<unknown>, said: (fresh: ExpenseClaimDetail) => string, saved = false): Done {
    const fresh = (await attempt(claim, act, saved)) as ExpenseClaimDetail | null
    if (fresh) feedback.toast(said(fresh))
    return fresh
  }
  const path = ({ id }: ExpenseClaimDetail): { params: { path: { id: string } } } => ({ params: { path: { id } } })

  return {
    submit: async (claim, choosing, saved = false) => {
      const choices = await attempt(claim, async () => (await answer(api.GET('/api/v1/expense-claims/{id}/submission', path(claim)))).choices)
      const chosen = choices && (await choosing.ask(claim.number, choices))
      if (choices && !chosen && saved) feedback.toast(t('expenses.keptAsDraft', { number: claim.number }))
      if (!chosen) return null
      return go(
        claim,
        () => answer(api.POST('/api/v1/expense-claims/{id}/submission', { ...path(claim), body: { chosen }, ...ifMatch(claim.version, newKey()) })),
        ({ state, number }) => t(state === 'approved' ? 'expenses.approvedAtOnce' : 'expenses.submitted', { number }),
        saved,
      )
    },
    withdraw: (claim) => go(claim, () => answer(api.DELETE('/api/v1/expense-claims/{id}/submission', path(claim))), ({ number }) => t('expenses.withdrawn', { number })),
    remove: async (claim, restored) => {
      const gone = await attempt(claim, () => api.DELETE('/api/v1/expense-claims/{id}', { ...path(claim), ...ifMatch(claim.version) }))
      if (!gone) return false
      const { id, number } = claim
      feedback.toast(t('expenses.deleted', { number }), async () => {
        const back = await attempt(claim, () => answer(api.POST('/api/v1/recycle-bin/{type}/{id}/restoration', { params: { path: { type: 'expense-claim', id } }, ...once(newKey()) })))
        if (!back) return
        feedback.toast(t('expenses.restored', { number }))
        await restored(id)
      })
      return true
    },
  }
}
