import { computed, nextTick, ref, type ComputedRef, type Ref } from 'vue'
import { answer, ifMatch, newKey, once, Problem, type Task } from '@guanxi/client'
import { api } from '@/api'
import { t } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'
import { useSession } from '@/stores/session'
import type { TaskScope } from './taskForm'

/** What a page does with its tasks beyond ticking them off: look, set, change, do away with. */
export interface TaskDesk {
  mayCreate: ComputedRef<boolean>
  /** The drawer is open; without a task it sets a new one. */
  open: Ref<boolean>
  shown: Ref<Task | null>
  show: (task: Task | null, due?: string | null, begun?: string) => Promise<void>
  /** By when a new one is due, if the page says so. */
  due: Ref<string | null>
  /** What a new one is called, if that was said elsewhere. */
  begun: Ref<string>
  /** Opens a task by its id, as a message names it. */
  find: (id: string) => Promise<void>
  /** The task that somebody asked to delete. */
  doomed: Ref<Task | null>
  asking: Ref<boolean>
  /** Of one that comes back: whether those that follow go, too. */
  doomedScope: Ref<TaskScope>
  askToRemove: (task: Task) => void
  remove: () => Promise<void>
}

/** Holds a page's drawer and its question before a deletion; `changed` runs when a deleted one has come back. */
export function useTaskDesk(changed: () => unknown = () => undefined): TaskDesk {
  const session = useSession()
  const feedback = useFeedback()
  const open = ref(false)
  const shown = ref<Task | null>(null)
  const due = ref<string | null>(null)
  const begun = ref('')
  const doomed = ref<Task | null>(null)
  const asking = ref(false)
  const doomedScope = ref<TaskScope>('this')

  async function show(task: Task | null, dueAt: string | null = null, title = ''): Promise<void> {
    shown.value = task
    due.value = dueAt
    begun.value = title
    await nextTick()
    open.value = true
  }

  async function find(id: string): Promise<void> {
    try {
      await show(await answer(api.GET('/api/v1/tasks/{id}', { params: { path: { id } } })))
    } catch (thrown) {
      const problem = Problem.of(thrown)
      const gone = problem.status === 404
      await feedback.ask({ title: t('tasks.notFound'), body: gone ? t('tasks.notFoundText') : problemText(problem), action: t('action.close') })
    }
  }

  function askToRemove(task: Task): void {
    doomed.value = task
    doomedScope.value = 'this'
    asking.value = true
  }

  async function remove(): Promise<void> {
    const task = doomed.value
    if (!task) return
    const sending = { params: { path: { id: task.id } }, ...ifMatch(task.version) }
    await (doomedScope.value === 'following' ? api.DELETE('/api/v1/tasks/{id}/series', sending) : api.DELETE('/api/v1/tasks/{id}', sending))
    feedback.toast(t('tasks.removed', { title: task.title }), () => restore(task))
  }

  async function restore({ id, title }: Task): Promise<void> {
    try {
      const back = await answer(api.POST('/api/v1/tasks/{id}/restoration', { params: { path: { id } }, ...once(newKey()) }))
      feedback.toast(t(back.repeat && !back.done_at ? 'tasks.restoredSeries' : 'tasks.restored', { title }))
    } catch (thrown) {
      await feedback.ask({ title: t('tasks.notRestored', { title }), body: problemText(Problem.of(thrown)), action: t('action.close') })
    }
    await changed()
  }

  return { mayCreate: computed(() => session.may('task:create')), open, shown, show, due, begun, find, doomed, asking, doomedScope, askToRemove, remove }
}
