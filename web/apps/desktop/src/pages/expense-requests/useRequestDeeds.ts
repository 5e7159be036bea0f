import { answer, ifMatch, newKey, once, type ExpenseRequestDetail } from '@guanxi/client'
import { moneyText } from '@guanxi/domain'
import { api } from '@/api'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'
import type { Choosing } from '../approvals/useChoosing'
import { whyNot } from '../expenses/claimForm'

type Done = Promise<ExpenseRequestDetail | null>

/** How a request goes on: each deed gives the request as it is then, or null if it was refused, which is told. */
export function useRequestDeeds(): {
  /** Asks first for the people that the flow lets the submitter choose, if there are any; what was `saved` before is told to be kept if that is as far as it goes. */
  submit: (request: ExpenseRequestDetail, choosing: Choosing, saved?: boolean) => Done
  withdraw: (request: ExpenseRequestDetail) => Done
  /** Asks first: what is closed is not opened again. */
  close: (request: ExpenseRequestDetail) => Done
  remove: (request: ExpenseRequestDetail, restored: (id: string) => unknown) => Promise<boolean>
} {
  const feedback = useFeedback()

  async function attempt<T>({ number }: ExpenseRequestDetail, act: () => Promise<T>, saved = false): Promise<T | null> {
    try {
      return await act()
    } catch (thrown) {
      await feedback.ask({ title: t(saved ? 'expenses.notSubmitted' : 'expenses.notDone', { number }), body: whyNot(thrown), action: t('action.close') })
      return null
    }
  }
  async function go(request: ExpenseRequestDetail, act: () => Promise<unknown>, said: (fresh: ExpenseRequestDetail) => string, saved = false): Done {
    const fresh = (await attempt(request, act, saved)) as ExpenseRequestDetail | null
    if (fresh) feedback.toast(said(fresh))
    return fresh
  }
  const path = ({ id }: ExpenseRequestDetail): { params: { path: { id: string } } } => ({ params: { path: { id } } })

  return {
    submit: async (request, choosing, saved = false) => {
      const choices = await attempt(request, async () => (await answer(api.GET('/api/v1/expense-requests/{id}/submission', path(request)))).choices)
      const chosen = choices && (await choosing.ask(request.number, choices))
      if (choices && !chosen && saved) feedback.toast(t('expenses.keptAsDraft', { number: request.number }))
      if (!chosen) return null
      return go(
        request,
        () => answer(api.POST('/api/v1/expense-requests/{id}/submission', { ...path(request), body: { chosen }, ...ifMatch(request.version, newKey()) })),
        ({ state, number }) => t(state === 'approved' ? 'expenseRequests.grantedAtOnce' : 'expenses.submitted', { number }),
        saved,
      )
    },
    withdraw: (request) => go(request, () => answer(api.DELETE('/api/v1/expense-requests/{id}/submission', path(request))), ({ number }) => t('expenses.withdrawn', { number })),
    close: async (request) => {
      const { number, left } = request
      const body = left.amount ? t('expenseRequests.closeText', { left: moneyText(left.amount, left.currency) }) : t('expenseRequests.closeUsedText')
      if (!(await feedback.ask({ title: t('expenseRequests.closeTitle', { number }), body, action: t('expenseRequests.close') }))) return request
      return go(request, () => answer(api.POST('/api/v1/expense-requests/{id}/closing', { ...path(request), ...once(newKey()) })), () => t('expenseRequests.closed', { number }))
    },
    remove: async (request, restored) => {
      const gone = await attempt(request, () => api.DELETE('/api/v1/expense-requests/{id}', { ...path(request), ...ifMatch(request.version) }))
      if (!gone) return false
      const { id, number } = request
      feedback.toast(t('expenses.deleted', { number }), async () => {
        const back = await attempt(request, () => answer(api.POST('/api/v1/recycle-bin/{type}/{id}/restoration', { params: { path: { type: 'expense-request', id } }, ...once(newKey()) })))
        if (!back) return
        feedback.toast(t('expenses.restored', { number }))
        await restored(id)
      })
      return true
    },
  }
}
