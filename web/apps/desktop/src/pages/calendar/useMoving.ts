import { answer, ifMatch, Problem, type Task } from '@guanxi/client'
import { dateText } from '@guanxi/domain'
import { api } from '@/api'
import { currentLocale, t } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'
import { useSession } from '@/stores/session'

/** Moves a task to another time, with a way back; false when the server did not take it. `after` runs whenever it did. */
export function useMoving(after: () => unknown): (task: Task, dueAt: string) => Promise<boolean> {
  const feedback = useFeedback()
  const session = useSession()

  async function put(task: Task, dueAt: string): Promise<Task | null> {
    try {
      return await answer(api.PATCH('/api/v1/tasks/{id}', { params: { path: { id: task.id } }, body: { due_at: dueAt }, ...ifMatch(task.version) }))
    } catch (thrown) {
      const problem = Problem.of(thrown)
      const stale = problem.status === 412
      await feedback.ask({ title: t('tasks.notChanged', { title: task.title }), body: stale ? t('calendar.stale') : problemText(problem), action: t('action.close') })
      return null
    }
  }

  return async (task, dueAt) => {
    const moved = await put(task, dueAt)
    if (moved) {
      const at = dateText(moved.due_at, 'moment', { locale: currentLocale(), timeZone: session.timeZone })
      feedback.toast(t('calendar.moved', { title: task.title, at }), async () => {
        await put(moved, task.due_at)
        await after()
      })
    }
    await after()
    return moved !== null
  }
}
