import type { Ref, Task, TaskIn, TaskPatch } from '@guanxi/client'
import type { Priority, Reminder, Repeat } from '@guanxi/domain'
import { all, atMost, required } from '@/composables/rules'
import type { Rule } from '@/composables/useForm'

/** A task as the form holds it: empty text instead of nothing. */
export interface TaskValues {
  title: string
  due_at: string | null
  priority: Priority
  owner_id: string | null
  customer_id: string | null
  contact_id: string | null
  detail: string
  reminders: Reminder[]
  repeat: Repeat | null
  /** Of a task that comes back: whether changes are for those that follow, too. */
  scope: TaskScope
}

export const TASK_SCOPES = ['this', 'following'] as const
export type TaskScope = (typeof TASK_SCOPES)[number]

/** An empty form: for oneself, at a customer if one comes from there. */
export function blankTask(ownerId: string | null, due: string | null = null, customer: Ref | null = null): TaskValues {
  return { title: '', due_at: due, priority: 'normal', owner_id: ownerId, customer_id: customer?.id ?? null, contact_id: null, detail: '', reminders: [], repeat: null, scope: 'this' }
}

/** A task's values for editing. */
export function valuesOf(task: Task): TaskValues {
  return {
    title: task.title,
    due_at: task.due_at,
    priority: task.priority,
    owner_id: task.owner?.id ?? null,
    customer_id: task.customer?.id ?? null,
    contact_id: task.contact?.id ?? null,
    detail: task.detail ?? '',
    reminders: task.reminders,
    repeat: task.repeat,
    scope: 'this',
  }
}

/** What is sent: empty text as nothing. */
export function bodyOf(values: TaskValues): TaskIn {
  return { ...values, title: values.title.trim(), detail: values.detail.trim() || null, scope: undefined } as TaskIn
}

/** Only what differs from the task as it was read, and for which of its series that is meant. */
export function changesOf(values: TaskValues, before: TaskValues): TaskPatch {
  const now = bodyOf(values) as Record<string, unknown>
  const then = bodyOf(before) as Record<string, unknown>
  const differing = Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(then[key]))
  return { ...Object.fromEntries(differing), ...(values.scope === 'following' && differing.length ? { scope: values.scope } : {}) }
}

/** Whether a change of these values could be meant for the following ones, too: a repeat always is. */
export function asksForScope(values: TaskValues, before: TaskValues): boolean {
  return before.repeat !== null && Object.keys(changesOf({ ...values, scope: 'this' }, before)).some((field) => field !== 'repeat') && values.repeat !== null
}

/** The form's values once a conflict was decided: theirs, and of ours what was changed and chosen. */
export function mergedValues(mine: TaskValues, before: TaskValues, theirs: TaskValues, choice: Record<string, 'mine' | 'theirs'>): TaskValues {
  const kept = Object.keys(changesOf(mine, before)).filter((field) => choice[field] !== 'theirs')
  const own = mine as unknown as Record<string, unknown>
  return { ...theirs, ...Object.fromEntries(kept.map((field) => [field, own[field]])) }
}

/** The rules of the form, by path. */
export const taskRules: Record<string, Rule<unknown>> = {
  title: all(required('tasks.nameEmpty'), atMost(200)),
  due_at: required('tasks.dueEmpty'),
  owner_id: required('tasks.ownerEmpty'),
  detail: atMost(5000),
}
