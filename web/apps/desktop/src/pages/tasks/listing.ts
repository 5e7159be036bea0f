import { PRIORITIES, type ConditionTree, type ValueForm } from '@guanxi/domain'
import type { LocationQuery } from 'vue-router'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import type { ConditionField } from '@/components/filters/conditionFields'
import type { BuiltInView } from '@/composables/useViews'
import { t, tEnum } from '@/i18n'

/** What the list of tasks can be filtered by, as its address names it. */
export const TASK_FILTERS = ['done', 'due_at', 'priority', 'mine', 'set_by_me', 'owner_id', 'created_by_id', 'customer_id', 'contact_id', 'department_id', 'done_at', 'created_at'] as const

const YES_NO = new Set<string>(['done', 'mine', 'set_by_me'])

/** How the values of a filter are written. */
export const taskForm = (name: string): ValueForm | undefined => (YES_NO.has(name) ? 'yes' : undefined)

const is = (field: string, value: boolean): ConditionTree => ({ field, op: 'eq', value })

/** The views that everybody has: one's own tasks, those one gave to others, all; only what is still to be done. */
export function taskViews(): BuiltInView[] {
  return [
    { id: 'mine', name: t('tasks.mine'), filter: { and: [is('mine', true), is('done', false)] } },
    { id: 'given_by_me', name: t('tasks.given_by_me'), filter: { and: [is('set_by_me', true), is('mine', false), is('done', false)] } },
    { id: 'all', name: t('tasks.all'), filter: { and: [is('done', false)] } },
  ]
}

const OLD_DUE: Record<string, string> = { overdue: '-1d', today: '0d', week: '7d' }
const WHOSE: Record<string, Record<string, string>> = { mine: { mine: 'true' }, given_by_me: { set_by_me: 'true', mine: 'false' }, all: {} }
const STATE: Record<string, Record<string, string>> = { open: { done: 'false' }, done: { done: 'true' }, either: {} }

/** The query of an address from before tasks had views, as it is written now; null for one that is not such. */
export function formerQuery(query: LocationQuery): Record<string, string> | null {
  const { view = 'mine', state = 'open', due } = query
  if (query.state === undefined && (typeof due !== 'string' || !(due in OLD_DUE))) return null
  const coming = typeof due === 'string' ? OLD_DUE[due] : undefined
  return { view: String(view), changed: '1', ...WHOSE[String(view)], ...STATE[String(state)], ...(coming ? { 'due_at.coming': coming } : {}) }
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

const yesNo = (yes: string, no: string): { value: string; label: string }[] => [{ value: 'true', label: yes }, { value: 'false', label: no }]
const priorities = (): { value: string; label: string }[] => PRIORITIES.map((value) => ({ value, label: tEnum('priority', value) }))

/** The filters of the list of tasks. */
export function taskFilters(): FilterField[] {
  return [
    { name: 'done', label: t('tasks.status'), kind: 'choice', single: true, options: yesNo(t('tasks.done'), t('tasks.open')) },
    { name: 'due_at', label: t('tasks.due'), kind: 'date', ahead: true },
    { name: 'priority', label: t('tasks.priority'), kind: 'choice', options: priorities() },
    { name: 'mine', label: t('tasks.ofMine'), kind: 'choice', single: true, options: yesNo(t('value.yes'), t('value.no')) },
    { name: 'set_by_me', label: t('tasks.setByMe'), kind: 'choice', single: true, options: yesNo(t('value.yes'), t('value.no')) },
    { name: 'owner_id', label: t('tasks.owner'), kind: 'user' },
    { name: 'created_by_id', label: t('tasks.maker'), kind: 'user' },
    { name: 'department_id', label: t('tasks.department'), kind: 'department' },
    { name: 'customer_id', label: t('tasks.customer'), kind: 'customer' },
    { name: 'contact_id', label: t('tasks.contact'), kind: 'contact' },
    { name: 'done_at', label: t('tasks.doneAt'), kind: 'date' },
    { name: 'created_at', label: t('tasks.createdAt'), kind: 'date' },
  ]
}

const COMPARED: Record<FilterField['kind'], string> = { choice: 'choice', text: 'text', user: 'id', department: 'id', customer: 'id', contact: 'id', product: 'id', date: 'instant', day: 'date', number: 'number', money: 'number' }
const OPS: Record<string, readonly string[]> = { choice: ['eq', 'ne', 'in', 'nin'], id: ['eq', 'ne', 'in', 'nin', 'empty'], instant: ['gt', 'gte', 'lt', 'lte', 'empty'], yes: ['eq'] }
const PICKED = new Set<string>(['user', 'department', 'customer', 'contact'])

/** What the filter builder may speak of. */
export function taskBuilder(): ConditionField[] {
  return taskFilters().map(({ name, label, kind, options }) => {
    const compared = YES_NO.has(name) ? 'yes' : COMPARED[kind]
    const picks = PICKED.has(kind) ? { picks: kind as ConditionField['picks'] } : {}
    return { name, label, kind: compared, ops: OPS[compared] ?? [], choices: compared === 'choice' ? (options ?? []) : [], ...picks }
  })
}

/** The orders of the list of tasks. */
export function taskSorts(): SortOption[] {
  const orders = ['due_at', '-due_at', '-created_at', 'created_at', '-updated_at', 'updated_at'] as const
  return orders.map((value) => ({ value, label: t(`taskSort.${value}`) }))
}
