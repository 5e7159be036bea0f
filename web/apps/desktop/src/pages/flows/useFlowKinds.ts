import { computed, type ComputedRef } from 'vue'
import { answer } from '@guanxi/client'
import { api } from '@/api'
import { changeText, fieldLabel } from '@/changes'
import type { ConditionField } from '@/components/filters/conditionFields'
import { useResource } from '@/composables/useResource'
import { i18n, tEnum } from '@/i18n'
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
/** The company's own money, in minor units. */
const MONEY = new Set(['amount', 'gross', 'total', 'net', 'discount_amount', 'cost', 'gross_profit', 'budget_left', 'largest_line', 'largest_kind'])
const CURRENCY = 'CNY'

/** What a field of a kind of subject is called. */
export const kindFieldLabel = (name: string): string => (i18n.global.te(`flows.field.${name}`) ? tEnum('flows.field', name) : fieldLabel(name))
const choiceLabel = (name: string, value: string): string => (i18n.global.te(`flows.choice.${name}.${value}`) ? tEnum(`flows.choice.${name}`, value) : changeText(name, value))
export const kindLabel = (word: string): string => tEnum('flows.kind', word)

function conditionField(field: KindField, named: NamedThings): ConditionField {
  const { name, kind } = field
  const to = PICKED[name]
  const choices = isNamed(to) ? named[to].map(({ id, name: label }) => ({ value: id, label })) : field.choices.map((value) => ({ value, label: choiceLabel(name, value) }))
  return {
    name, choices,
    label: kindFieldLabel(name),
    // What refers to people or departments is picked; of a few things one is chosen.
    kind: isNamed(to) ? 'member' : kind === 'member' && to ? 'id' : kind,
    ops: OPS[kind] ?? SAME,
    ...(to && !isNamed(to) ? { picks: to } : {}),
    ...(MONEY.has(name) && (kind === 'whole' || kind === 'number') ? { currency: CURRENCY } : {}),
  }
}

/** The kinds of subject, and what flows of one of them may speak of. */
export function useFlowKinds(word: () => string | null): { kinds: ComputedRef<FlowKind[] | null>; vocabulary: Vocabulary } {
  const { data: kinds } = useResource(() => 'kinds', async (_key, signal) => await doors.kinds(signal))
  const { data: roles } = useResource(() => 'roles', async (_key, signal) => (await answer(api.GET('/api/v1/roles', { signal }))).items.map(({ id, name }) => ({ id, name })))
  const { data: spent } = useResource(() => (word() === 'expense-claim' ? 'expense-kinds' : null), async (_key, signal) => (await answer(api.GET('/api/v1/expense-kinds', { signal }))).items)
  const kind = computed(() => kinds.value?.find((one) => one.word === word()) ?? null)
  const fields = computed(() => (kind.value?.fields ?? []).map((field) => conditionField(field, { role: roles.value ?? [], 'expense-kind': spent.value ?? [] })))
  const shown = computed(() => (kind.value?.shown ?? []).map((name) => ({ name, label: kindFieldLabel(name), editable: kind.value?.editable.includes(name) ?? false })))
  return { kinds: computed(() => kinds.value), vocabulary: { fields: () => fields.value, roles: () => roles.value ?? [], shown: () => shown.value } }
}
