import { computed, type ComputedRef } from 'vue'
import { answer } from '@guanxi/client'
import { api } from '@/api'
import { changeText, fieldLabel } from '@/changes'
import type { ConditionField } from '@/components/filters/conditionFields'
import { useResource } from '@/composables/useResource'
import { i18n, t, tEnum } from '@/i18n'
import { doors, type FlowKind, type KindField } from './doors'
import type { Vocabulary } from './useFlowWords'

const SAME = ['eq', 'ne', 'in', 'nin', 'empty']
const ORDERED = ['gt', 'gte', 'lt', 'lte']
const OPS: Record<string, string[]> = {
  text: [...SAME, 'contains'], choice: SAME, member: SAME, id: SAME, number: [...SAME, ...ORDERED], whole: [...SAME, ...ORDERED], date: [...SAME, ...ORDERED], instant: [...ORDERED, 'empty'], yes: ['eq', 'empty'],
}
/** What there are few of: one is chosen by its name. */
type Named = 'role' | 'expense-kind'
type NamedThings = Record<Named, readonly { id: string; name: string }[]>
const isNamed = (to: unknown): to is Named => to === 'role' || to === 'expense-kind'
/** What the ids in facts stand for, by their names. */
const PICKED: Record<string, ConditionField['picks'] | Named> = {
  submitter: 'user', owner_id: 'user', author_id: 'user', submitter_department: 'department', to_department: 'department', department_id: 'department', customer_id: 'customer', contact_id: 'contact', submitter_role: 'role', role_id: 'role', expense_kinds: 'expense-kind',
}
const CURRENCY = 'CNY'

/** What a field of a kind of subject is called. */
export const kindFieldLabel = (name: string): string => (i18n.global.te(`flows.field.${name}`) ? tEnum('flows.field', name) : fieldLabel(name))
const choiceLabel = (name: string, value: string): string => (i18n.global.te(`flows.choice.${name}.${value}`) ? tEnum(`flows.choice.${name}`, value) : changeText(name, value))
/** What a kind of subject is called: by the company itself, or by us. */
export const kindLabel = (kind: string | { word: string; name?: string | null }): string => (typeof kind === 'string' ? tEnum('flows.kind', kind) : (kind.name ?? tEnum('flows.kind', kind.word)))

/** What a fact is called: by the company itself, or by us. */
function factLabel({ name, label, part }: KindField): string {
  if (label === null) return kindFieldLabel(name)
  return part ? `${label} · ${part === 'sum' ? t('forms.sum') : tEnum('forms.part', part)}` : label
}

function conditionField(field: KindField, named: NamedThings): ConditionField {
  const { name, kind } = field
  const to = field.type === 'user' || field.type === 'department' || field.type === 'customer' ? field.type : PICKED[name]
  const choices = isNamed(to) ? named[to].map(({ id, name: label }) => ({ value: id, label })) : field.choices.map((value) => ({ value, label: field.words[value] ?? choiceLabel(name, value) }))
  return {
    name, choices,
    label: factLabel(field),
    // What refers to people or departments is picked; of a few things one is chosen.
    kind: isNamed(to) ? 'member' : kind === 'member' && to ? 'id' : kind,
    ops: OPS[kind] ?? SAME,
    ...(to && !isNamed(to) ? { picks: to } : {}),
    ...(field.type === 'money' ? { currency: field.currency ?? CURRENCY } : {}),
  }
}

function shownLabel(kind: FlowKind | null, name: string): string {
  const fact = kind?.fields.find((field) => field.name === name || field.name.startsWith(`${name}_`))
  // A table is called as its sums are, without what they are sums of.
  return fact?.label?.split(' · ')[0] ?? kindFieldLabel(name)
}

/** The kinds of subject, and what flows of one of them may speak of. */
export function useFlowKinds(word: () => string | null): { kinds: ComputedRef<FlowKind[] | null>; vocabulary: Vocabulary } {
  const { data: kinds } = useResource(() => 'kinds', async (_key, signal) => await doors.kinds(signal))
  const { data: roles } = useResource(() => 'roles', async (_key, signal) => (await answer(api.GET('/api/v1/roles', { signal }))).items.map(({ id, name }) => ({ id, name })))
  const { data: spent } = useResource(() => (word()?.startsWith('expense-') ? 'expense-kinds' : null), async (_key, signal) => (await answer(api.GET('/api/v1/expense-kinds', { signal }))).items)
  const kind = computed(() => kinds.value?.find((one) => one.word === word()) ?? null)
  const fields = computed(() => (kind.value?.fields ?? []).map((field) => conditionField(field, { role: roles.value ?? [], 'expense-kind': spent.value ?? [] })))
  const shown = computed(() => (kind.value?.shown ?? []).map((name) => ({ name, label: shownLabel(kind.value, name), editable: kind.value?.editable.includes(name) ?? false })))
  return { kinds: computed(() => kinds.value), vocabulary: { fields: () => fields.value, roles: () => roles.value ?? [], shown: () => shown.value } }
}
