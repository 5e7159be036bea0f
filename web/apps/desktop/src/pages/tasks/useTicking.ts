import { onScopeDispose, ref, type Ref } from 'vue'
import { answer, newKey, once, Problem, type Task } from '@guanxi/client'
import { dateText } from '@guanxi/domain'
import { api } from '@/api'
import { currentLocale, t } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'
import { useSession } from '@/stores/session'

interface Tickable {
  id: string
  title: string
}

/** Hears that a tick was set or taken back. */
type Heard = (id: string, done: boolean) => unknown

/** Ticking tasks off and back. */
export interface Ticking {
  /** The tasks whose tick is on its way. */
  busy: Ref<ReadonlySet<string>>
  /** Ticks a task off, or takes the tick back; resolves to true when the server took it. */
  tick: (task: Tickable, done: boolean) => Promise<boolean>
}

// A tick outlives the page on which it was set: whoever shows tasks by the time it is taken has to hear of it.
const busy = ref<ReadonlySet<string>>(new Set())
const listeners = new Set<Heard>()

/** Ticks tasks off, with a way back for six seconds; `heard` runs whenever a tick was set or taken back, here or on another page. */
export function useTicking(heard: Heard): Ticking {
  const feedback = useFeedback()
  const session = useSession()
  listeners.add(heard)
  onScopeDispose(() => listeners.delete(heard))

  async function send(id: string, done: boolean): Promise<Task> {
    const params = { path: { id } }
    return await answer(done ? api.POST('/api/v1/tasks/{id}/completion', { params, ...once(newKey()) }) : api.DELETE('/api/v1/tasks/{id}/completion', { params }))
  }

  function told({ title, next }: Task, done: boolean): string {
    if (!done) return t('tasks.reopened', { title })
    if (!next) return t('tasks.completed', { title })
    const at = dateText(next.due_at, 'moment', { locale: currentLocale(), timeZone: session.timeZone })
    return t('tasks.completedNext', { title, at })
  }

  async function tick({ id, title }: Tickable, done: boolean, undoable = true): Promise<boolean> {
    if (busy.value.has(id)) return false
    busy.value = new Set([...busy.value, id])
    let task: Task
    try {
      task = await send(id, done)
    } catch (thrown) {
      await feedback.ask({ title: t('tasks.notChanged', { title }), body: problemText(Problem.of(thrown)), action: t('action.close') })
      return false
    } finally {
      busy.value = new Set([...busy.value].filter((other) => other !== id))
    }
    const undo = async (): Promise<void> => void (await tick({ id, title }, !done, false))
    feedback.toast(told(task, done), undoable ? undo : null)
    await Promise.all([...listeners].map((listener) => listener(id, done)))
    return true
  }

  return { busy, tick: (task, done) => tick(task, done) }
}
