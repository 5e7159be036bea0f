import { answer, ifMatch, newKey, once, Problem, type Activity } from '@guanxi/client'
import { api } from '@/api'
import { t, type MessageKey } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'

/** Deletes a follow-up to the recycle bin, with a way back for six seconds; `after` runs when it went and when it came back. */
export function useActivityDeletion(after: () => unknown): { remove: (activity: Activity) => Promise<void> } {
  const feedback = useFeedback()

  async function attempt(failure: MessageKey, act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act()
      return true
    } catch (thrown) {
      await feedback.ask({ title: t(failure), body: problemText(Problem.of(thrown)), action: t('action.close') })
      return false
    }
  }

  async function remove({ id, version }: Activity): Promise<void> {
    const gone = await attempt('activities.notRemoved', () => api.DELETE('/api/v1/activities/{id}', { params: { path: { id } }, ...ifMatch(version) }))
    if (gone) feedback.toast(t('activities.removed'), () => restore(id))
    await after()
  }

  async function restore(id: string): Promise<void> {
    const back = await attempt('activities.notRestored', () =>
      answer(api.POST('/api/v1/recycle-bin/{type}/{id}/restoration', { params: { path: { type: 'activity', id } }, ...once(newKey()) })),
    )
    if (back) feedback.toast(t('activities.restored'))
    await after()
  }

  return { remove }
}
