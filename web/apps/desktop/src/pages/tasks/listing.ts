import { dayAhead, PRIORITIES, startOfDay, type Condition } from '@guanxi/domain'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'

/** Whose tasks are looked at, as the page's address names it; the first is meant without a word. */
export const TASK_VIEWS = ['mine', 'given_by_me', 'all'] as const
export type TaskView = (typeof TASK_VIEWS)[number]
/** Which of them; the first is meant without a word. */
export const TASK_STATES = ['open', 'done', 'either'] as const
export type TaskState = (typeof TASK_STATES)[number]
export const TASK_FILTERS = ['priority', 'due', 'due_at', 'customer_id', 'contact_id'] as const

const DUE = ['overdue', 'today', 'week'] as const
const WEEK = 7

/** What the server is asked for: the page's filters in the words of the API. `zone` is the company's. */
export function taskConditions(view: TaskView, state: TaskState, filters: readonly Condition[], me: string, zone: string, now = new Date()): Condition[] {
  const whose: Condition[] = view === 'all' ? [] : [{ field: view === 'mine' ? 'owner_id' : 'created_by_id', op: 'eq', value: me }]
  // What one set for oneself is among one's own.
  if (view === 'given_by_me') whose.push({ field: 'owner_id', op: 'ne', value: me })
  const which: Condition[] = state === 'either' ? [] : [{ field: 'done_at', op: 'empty', value: String(state === 'open') }]
  return [...whose, ...which, ...filters.flatMap((condition) => dueConditions(condition, zone, now))]
}

function dueConditions(condition: Condition, zone: string, now: Date): Condition[] {
  const { field, op, value } = condition
  const start = (days: number): string => startOfDay(dayAhead(days, zone, now), zone)
  const between = (from: number, until: number): Condition[] => [
    { field: 'due_at', op: 'gte', value: start(from) },
    { field: 'due_at', op: 'lt', value: start(until) },
  ]
  if (field === 'due') return value === 'overdue' ? [{ field: 'due_at', op: 'lt', value: start(0) }] : value === 'today' ? between(0, 1) : between(1, WEEK + 1)
  // Up to a day means the whole of it.
  if (field === 'due_at' && op === 'lte' && typeof value === 'string') return [{ field, op: 'lt', value: startOfDay(dayAfter(value), zone) }]
  return [condition]
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

/** The columns of the list of tasks; those marked `extra` are hidden until chosen. */
export function taskColumns(): Column[] {
  return [
    { key: 'title', label: t('tasks.name'), width: 300, frozen: true, fixed: true },
    { key: 'due_at', label: t('tasks.due'), width: 168, sort: 'due_at' },
    { key: 'priority', label: t('tasks.priority'), width: 80 },
    { key: 'owner', label: t('tasks.owner'), width: 108 },
    { key: 'customer', label: t('tasks.customer'), width: 220 },
    { key: 'contact', label: t('tasks.contact'), width: 96 },
    { key: 'created_by', label: t('tasks.maker'), width: 108 },
    { key: 'done_at', label: t('tasks.status'), width: 108, extra: true },
    { key: 'updated_at', label: t('tasks.updatedAt'), width: 116, sort: 'updated_at', extra: true },
    { key: 'created_at', label: t('tasks.createdAt'), width: 116, sort: 'created_at', extra: true },
  ]
}

/** The filters of the list of tasks. */
export function taskFilters(): FilterField[] {
  return [
    { name: 'due', label: t('tasks.dueFilter'), kind: 'choice', single: true, options: DUE.map((value) => ({ value, label: tEnum('taskDue', value) })) },
    { name: 'due_at', label: t('tasks.dueRange'), kind: 'date', ahead: true },
    { name: 'priority', label: t('tasks.priority'), kind: 'choice', options: PRIORITIES.map((value) => ({ value, label: tEnum('priority', value) })) },
  ]
}

/** The orders of the list of tasks. */
export function taskSorts(): SortOption[] {
  const orders = ['due_at', '-due_at', '-created_at', 'created_at', '-updated_at', 'updated_at'] as const
  return orders.map((value) => ({ value, label: t(`taskSort.${value}`) }))
}
