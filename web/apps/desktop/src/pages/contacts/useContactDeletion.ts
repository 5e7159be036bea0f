import { answer, ifMatch, newKey, once, Problem } from '@guanxi/client'
import { api } from '@/api'
import { t, type MessageKey } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'

interface Removable {
  id: string
  name: string
  version: number
}

/** Deletes a contact to the recycle bin, with a way back for six seconds; `after` runs when it went, `restored` when it came back. */
export function useContactDeletion(after: () => unknown, restored: (id: string) => unknown = after): { remove: (contact: Removable) => Promise<boolean> } {
  const feedback = useFeedback()

  async function attempt(failure: MessageKey, name: string, act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act()
      return true
    } catch (thrown) {
      await feedback.ask({ title: t(failure, { name }), body: problemText(Problem.of(thrown)), action: t('action.close') })
      return false
    }
  }

  async function remove({ id, name, version }: Removable): Promise<boolean> {
    const gone = await attempt('contacts.notDeleted', name, () => api.DELETE('/api/v1/contacts/{id}', { params: { path: { id } }, ...ifMatch(version) }))
    if (!gone) return false
    feedback.toast(t('contacts.deleted', { name }), () => restore(id, name))
    await after()
    return true
  }

  async function restore(id: string, name: string): Promise<void> {
    const back = await attempt('contacts.notRestored', name, () =>
      answer(api.POST('/api/v1/recycle-bin/{type}/{id}/restoration', { params: { path: { type: 'contact', id } }, ...once(newKey()) })),
    )
    if (!back) return
    feedback.toast(t('contacts.restored', { name }))
    await restored(id)
  }

  return { remove }
}
