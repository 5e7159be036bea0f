import { answer, ifMatch, newKey, once, Problem } from '@guanxi/client'
import { api } from '@/api'
import { t, type MessageKey } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'

/** Takes one's own words back, with a way back for six seconds; `after` runs when they went and when they came back. */
export function useCommentDeletion(after: () => unknown): { remove: (comment: { id: string; version: number }) => Promise<void> } {
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

  async function remove({ id, version }: { id: string; version: number }): Promise<void> {
    const gone = await attempt('comments.notRemoved', () => api.DELETE('/api/v1/comments/{id}', { params: { path: { id } }, ...ifMatch(version) }))
    if (gone) feedback.toast(t('comments.removed'), () => restore(id))
    await after()
  }

  async function restore(id: string): Promise<void> {
    const back = await attempt('comments.notRestored', () => answer(api.POST('/api/v1/comments/{id}/restoration', { params: { path: { id } }, ...once(newKey()) })))
    if (back) feedback.toast(t('comments.restored'))
    await after()
  }

  return { remove }
}
