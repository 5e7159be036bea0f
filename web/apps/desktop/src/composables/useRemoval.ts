import { Problem } from '@guanxi/client'
import { t, type MessageKey } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'

/** How something is removed and brought back, and what is said of it. */
export interface Removable<T> {
  remove: (thing: T) => Promise<unknown>
  restore: (thing: T) => Promise<unknown>
  removed: (thing: T) => string
  restored: MessageKey
  notRemoved: MessageKey
  notRestored: MessageKey
}

/** Removes something, with a way back for six seconds; `after` runs when it went and when it came back. */
export function useRemoval<T>(how: Removable<T>, after: () => unknown): { remove: (thing: T) => Promise<void> } {
  const feedback = useFeedback()

  async function attempt(failure: MessageKey, act: Promise<unknown>): Promise<boolean> {
    try {
      await act
      return true
    } catch (thrown) {
      await feedback.ask({ title: t(failure), body: problemText(Problem.of(thrown)), action: t('action.close') })
      return false
    }
  }

  async function remove(thing: T): Promise<void> {
    if (await attempt(how.notRemoved, how.remove(thing))) feedback.toast(how.removed(thing), () => restore(thing))
    await after()
  }

  async function restore(thing: T): Promise<void> {
    if (await attempt(how.notRestored, how.restore(thing))) feedback.toast(t(how.restored))
    await after()
  }

  return { remove }
}
