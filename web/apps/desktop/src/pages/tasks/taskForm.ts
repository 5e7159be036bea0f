import type { Ref, Task, TaskIn, TaskPatch } from '@guanxi/client'
import { changedCustom, draftsOf, freshDrafts, type Facts, type FieldDrafts, type Filler, type OwnField, type Priority, type Reminder, type Repeat } from '@guanxi/domain'
import { mergedDrafts, ownRules } from '@/components/fields/ownFields'
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
  /** The company's own fields, by name. */
  custom: FieldDrafts
}

export const TASK_SCOPES = ['this', 'following'] as const
export type TaskScope = (typeof TASK_SCOPES)[number]

/** An empty form: for oneself, at a customer if one comes from there. */
export function blankTask(ownerId: string | null, due: string | null = null, customer: Ref | null = null, custom: FieldDrafts = {}): TaskValues {
  return { title: '', due_at: due, priority: 'normal', owner_id: ownerId, customer_id: customer?.id ?? null, contact_id: null, detail: '', reminders: [], repeat: null, scope: 'this', custom }
}

/** A task's values for editing. */
export function valuesOf(task: Task, own: readonly OwnField[] = []): TaskValues {
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
    custom: draftsOf(own, task.custom ?? {}),
  }
}

/** What is sent of the built-in fields: empty text as nothing. */
export function bodyOf(values: TaskValues): TaskIn {
  return { ...values, title: values.title.trim(), detail: values.detail.trim() || null, scope: undefined, custom: undefined } as TaskIn
}

/** What is sent of a task about to be set; own fields left as they start are the server's to fill. */
export function creationOf(values: TaskValues, fresh: FieldDrafts, own: readonly OwnField[]): TaskIn {
  return { ...bodyOf(values), custom: changedCustom(own, values.custom, fresh) }
}

/** What conditions see of the built-in fields. */
export function builtInFacts({ title, priority }: TaskValues): Facts {
  return { title: title.trim(), priority }
}

/** The own fields that a task set in one line leaves open although they must be filled in. */
export function leftOpen(own: readonly OwnField[], known: ReadonlySet<string>, values: TaskValues, filler: Filler): OwnField[] {
  const custom = freshDrafts(own, filler)
  const rules = ownRules({ fields: own, known, before: null, facts: () => ({ ...builtInFacts(values), ...custom }) })
  return own.filter(({ name }) => rules[`custom.${name}`]?.(custom[name], { ...values, custom }))
}

/** Only what differs from the task as it was read, and for which of its series that is meant. */
export function changesOf(values: TaskValues, before: TaskValues, own: readonly OwnField[] = []): TaskPatch {
  const now = bodyOf(values) as Record<string, unknown>
  const then = bodyOf(before) as Record<string, unknown>
  const differing = Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(then[key]))
  const custom = changedCustom(own, values.custom, before.custom)
  const changed = { ...Object.fromEntries(differing), ...(Object.keys(custom).length ? { custom } : {}) }
  return { ...changed, ...(values.scope === 'following' && Object.keys(changed).length ? { scope: values.scope } : {}) }
}

/** Whether a change of these values could be meant for the following ones, too: a repeat always is. */
export function asksForScope(values: TaskValues, before: TaskValues, own: readonly OwnField[] = []): boolean {
  return before.repeat !== null && Object.keys(changesOf({ ...values, scope: 'this' }, before, own)).some((field) => field !== 'repeat') && values.repeat !== null
}

/** The form's values once a conflict was decided: theirs, and of ours what was changed and chosen. */
export function mergedValues(mine: TaskValues, before: TaskValues, theirs: TaskValues, choice: Record<string, 'mine' | 'theirs'>, fields: readonly OwnField[] = []): TaskValues {
  const kept = Object.keys(changesOf(mine, before)).filter((field) => choice[field] !== 'theirs')
  const own = mine as unknown as Record<string, unknown>
  const custom = mergedDrafts(fields, mine.custom, before.custom, theirs.custom, choice)
  return { ...theirs, ...Object.fromEntries(kept.map((field) => [field, own[field]])), custom }
}

/** The rules of the form, by path. */
export const taskRules: Record<string, Rule<unknown>> = {
  title: all(required('tasks.nameEmpty'), atMost(200)),
  due_at: required('tasks.dueEmpty'),
  owner_id: required('tasks.ownerEmpty'),
  detail: atMost(5000),
}
