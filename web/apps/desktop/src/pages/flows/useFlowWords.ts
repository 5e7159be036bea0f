import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import type { ConditionTree } from '@guanxi/domain'
import type { ConditionField } from '@/components/filters/conditionFields'
import { useNames } from '@/composables/useNames'
import { t, tEnum } from '@/i18n'
import { conditionTold } from './conditionTold'
import { isAsking, modeOf, type Arm, type AskingNode, type CopyNode, type FlowNode, type Span, type Who } from './model'

/** A flow's settings in words. */
export interface FlowWords {
  fields: ComputedRef<ConditionField[]>
  roles: ComputedRef<{ id: string; name: string }[]>
  /** What the card of a subject shows. */
  shown: ComputedRef<{ name: string; label: string; editable: boolean }[]>
  nameOf: (id: string) => string | null
  who: (rule: Who, node?: (id: string) => string | null) => string
  asked: (node: AskingNode | CopyNode, name?: (id: string) => string | null) => string
  when: (arm: Arm) => string
  span: (span: Span) => string
  mode: (node: FlowNode) => string
}

const WORDS: InjectionKey<FlowWords> = Symbol('flow words')
const FEW = 3

export function useFlowWords(): FlowWords {
  const words = inject(WORDS)
  if (!words) throw new Error('A part of a flow stands outside of its page')
  return words
}

/** Whether several people may come of a node's rules, so that it matters how their words count. */
export function isForMany({ who }: { who: Who[] }): boolean {
  return who.length > 1 || who.some((rule) => (rule.by === 'people' ? rule.ids.length > 1 : rule.by === 'choice' ? (rule.most ?? 1) > 1 : !['manager', 'submitter', 'owner'].includes(rule.by)))
}

/** What words are found from: `fields` are those that conditions may speak of, `shown` those of a subject's card. */
export interface Vocabulary {
  fields: () => ConditionField[]
  roles: () => { id: string; name: string }[]
  shown: () => { name: string; label: string; editable: boolean }[]
}

/** Finds words for what a flow says. */
export function provideFlowWords({ fields, roles, shown }: Vocabulary): FlowWords {
  const { nameOf: knownName } = useNames()
  const known = computed(() => new Map([...roles(), ...fields().flatMap(({ choices }) => choices.map(({ value, label }) => ({ id: value, name: label })))].map(({ id, name }) => [id, name])))
  const nameOf = (id: string): string | null => knownName(id) ?? known.value.get(id) ?? null
  const said = (id: string): string => nameOf(id) ?? t('flows.someone')
  const several = (names: string[]): string => (names.length > FEW ? t('flows.andMore', { names: names.slice(0, FEW).join(t('list.and')), n: names.length }) : names.join(t('list.and')))

  function who(rule: Who, node: (id: string) => string | null = () => null): string {
    if (rule.by === 'people') return rule.ids.length ? several(rule.ids.map(said)) : ''
    if (rule.by === 'role') return rule.id ? t(rule.within === 'department' ? 'flows.whoText.roleNear' : 'flows.whoText.role', { role: said(rule.id) }) : ''
    if (rule.by === 'department-head') return rule.id ? t('flows.whoText.headOf', { department: said(rule.id) }) : t('flows.whoText.head')
    if (rule.by === 'manager') return rule.level === 1 ? t('flows.whoText.manager') : t('flows.whoText.managerAt', { level: rule.level })
    if (rule.by === 'managers') return t('flows.whoText.managers', { level: rule.up_to })
    if (rule.by === 'choice') return (rule.most ?? 1) > 1 ? t('flows.whoText.choiceOf', { most: rule.most ?? 1 }) : t('flows.whoText.choice')
    if (rule.by === 'earlier') return rule.node ? t('flows.whoText.earlier', { node: node(rule.node) ?? t('flows.someNode') }) : ''
    return tEnum('flows.who', rule.by)
  }

  const whole = (tree: ConditionTree): boolean => ('field' in tree ? tree.field !== '' : ('and' in tree ? tree.and : tree.or).every(whole))
  function when(arm: Arm): string {
    if (!arm.when || !whole(arm.when)) return t('flows.noCondition')
    return conditionTold(arm.when, fields(), nameOf)
  }

  function mode(node: FlowNode): string {
    if (!isAsking(node) || !isForMany(node)) return ''
    const mode = modeOf(node)
    return mode === 'share' && node.type === 'approve' ? t('flows.modeShare', { share: node.share ?? 100 }) : tEnum(node.type === 'handle' ? 'flows.handleMode' : 'flows.mode', mode)
  }

  const words: FlowWords = {
    fields: computed(fields),
    roles: computed(roles),
    shown: computed(shown),
    nameOf,
    who,
    asked: (node, name) => node.who.map((rule) => who(rule, name)).filter(Boolean).join(t('flows.and')),
    when,
    mode,
    span: ({ amount, unit }) => t(`flows.span.${unit}`, { n: amount }),
  }
  provide(WORDS, words)
  return words
}
