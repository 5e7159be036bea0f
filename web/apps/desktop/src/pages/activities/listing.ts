import { ACTIVITY_KINDS, type ConditionTree, type ValueForm } from '@guanxi/domain'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import type { BuiltInView } from '@/composables/useViews'
import { t, tEnum } from '@/i18n'

/** What the list of follow-ups can be filtered by, as its address names it. */
export const ACTIVITY_FILTERS = ['happened_at', 'author_id', 'kind', 'customer_id', 'contact_id', 'content', 'mine', 'annotated', 'owner_id', 'department_id', 'created_at'] as const

const YES_NO = new Set<string>(['mine', 'annotated'])

/** How the values of a built-in filter are written. */
export const activityForm = (name: string): ValueForm | undefined => (YES_NO.has(name) ? 'yes' : undefined)

const is = (field: string, value: boolean): ConditionTree => ({ field, op: 'eq', value })
const LATELY: ConditionTree = { field: 'happened_at', op: 'gte', value: '-7d' }

/** The views that everybody has: what was done in the last days, one's own, what a manager has said nothing about yet, all. */
export function activityViews(annotates: boolean): BuiltInView[] {
  return [
    { id: 'lately', name: t('activities.lately'), filter: { and: [LATELY] } },
    { id: 'mine', name: t('activities.mine'), filter: { and: [is('mine', true)] } },
    ...(annotates ? [{ id: 'unread', name: t('activities.unannotated'), filter: { and: [LATELY, is('mine', false), is('annotated', false)] } }] : []),
    { id: 'all', name: t('activities.all'), filter: { and: [] } },
  ]
}

/** The columns of the list of follow-ups; those marked `extra` are hidden until chosen. */
export function activityColumns(): Column[] {
  return [
    { key: 'content', label: t('activities.content'), width: 340, frozen: true, fixed: true },
    { key: 'customer', label: t('activities.customer'), width: 200 },
    { key: 'contact', label: t('activities.contact'), width: 96 },
    { key: 'author', label: t('activities.author'), width: 108 },
    { key: 'happened_at', label: t('activities.when'), width: 128, sort: 'happened_at' },
    { key: 'next_step', label: t('activities.nextStep'), width: 240 },
    { key: 'annotations', label: t('activities.annotation'), width: 200, extra: true },
    { key: 'kind', label: t('activities.kind'), width: 88, extra: true },
    { key: 'comment_count', label: t('activities.comments'), width: 72, align: 'end', extra: true },
    { key: 'attachment_count', label: t('activities.files'), width: 72, align: 'end', extra: true },
    { key: 'owner', label: t('activities.owner'), width: 116, extra: true },
    { key: 'department', label: t('activities.department'), width: 120, extra: true },
    { key: 'created_at', label: t('activities.createdAt'), width: 128, sort: 'created_at', extra: true },
  ]
}

const yesNo = (): { value: string; label: string }[] => [{ value: 'true', label: t('value.yes') }, { value: 'false', label: t('value.no') }]

/** The filters of the list of follow-ups. */
export function activityFilters(): FilterField[] {
  return [
    { name: 'happened_at', label: t('activities.when'), kind: 'date' },
    { name: 'author_id', label: t('activities.author'), kind: 'user' },
    { name: 'kind', label: t('activities.kind'), kind: 'choice', options: ACTIVITY_KINDS.map((value) => ({ value, label: tEnum('activityKind', value) })) },
    { name: 'customer_id', label: t('activities.customer'), kind: 'customer' },
    { name: 'contact_id', label: t('activities.contact'), kind: 'contact' },
    { name: 'content', label: t('activities.content'), kind: 'text' },
    { name: 'mine', label: t('activities.byMe'), kind: 'choice', single: true, options: yesNo() },
    { name: 'annotated', label: t('activities.annotated'), kind: 'choice', single: true, options: yesNo() },
    { name: 'owner_id', label: t('activities.owner'), kind: 'user' },
    { name: 'department_id', label: t('activities.department'), kind: 'department' },
    { name: 'created_at', label: t('activities.createdAt'), kind: 'date' },
  ]
}

/** The orders of the list of follow-ups. */
export function activitySorts(): SortOption[] {
  const orders = ['-happened_at', 'happened_at', '-created_at', 'created_at'] as const
  return orders.map((value) => ({ value, label: t(`activitySort.${value}`) }))
}
