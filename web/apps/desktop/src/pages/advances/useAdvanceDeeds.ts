import { answer, ifMatch, newKey, once, type AdvanceDetail } from '@guanxi/client'
import { api } from '@/api'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'
import type { Choosing } from '../approvals/useChoosing'
import { whyNot } from '../expenses/claimForm'

type Done = Promise<AdvanceDetail | null>

/** How an advance goes on: each deed gives it as it is then, or null if it was refused, which is told. */
export function useAdvanceDeeds(): {
  /** Asks first for the people that the flow lets the submitter choose, if there are any. */
  submit: (advance: AdvanceDetail, choosing: Choosing) => Done
  withdraw: (advance: AdvanceDetail) => Done
  remove: (advance: AdvanceDetail, restored: (id: string) => unknown) => Promise<boolean>
} {
  const feedback = useFeedback()

  async function attempt<T>({ number }: AdvanceDetail, act: () => Promise<T>): Promise<T | null> {
    try {
      return await act()
    } catch (thrown) {
      await feedback.ask({ title: t('expenses.notDone', { number }), body: whyNot(thrown), action: t('action.close') })
      return null
    }
  }
  async function go(advance: AdvanceDetail, act: () => Promise<unknown>, said: (fresh: AdvanceDetail) => string): Done {
    const fresh = (await attempt(advance, act)) as AdvanceDetail | null
    if (fresh) feedback.toast(said(fresh))
    return fresh
  }
  const path = ({ id }: AdvanceDetail): { params: { path: { id: string } } } => ({ params: { path: { id } } })

  return {
    submit: async (advance, choosing) => {
      const choices = await attempt(advance, async () => (await answer(api.GET('/api/v1/advances/{id}/submission', path(advance)))).choices)
      const chosen = choices && (await choosing.ask(advance.number, choices))
      if (!chosen) return null
      return go(
        advance,
        () => answer(api.POST('/api/v1/advances/{id}/submission', { ...path(advance), body: { chosen }, ...ifMatch(advance.version, newKey()) })),
        ({ state, number }) => t(state === 'approved' ? 'advances.approvedAtOnce' : 'expenses.submitted', { number }),
      )
    },
    withdraw: (advance) => go(advance, () => answer(api.DELETE('/api/v1/advances/{id}/submission', path(advance))), ({ number }) => t('expenses.withdrawn', { number })),
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
