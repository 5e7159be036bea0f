import { moneyText, type ConditionTest, type ConditionTree } from '@guanxi/domain'
import type { ConditionField } from '@/components/filters/conditionFields'
import { t, tEnum } from '@/i18n'

const SIGNS: Record<string, string> = { eq: '=', ne: '≠', gt: '>', gte: '≥', lt: '<', lte: '≤' }
const COUNTED = new Set(['number', 'whole'])

function valueTold(value: unknown, field: ConditionField | undefined, nameOf: (id: string) => string | null): string {
  if (typeof value === 'number' && field?.currency) return moneyText(value, field.currency).replace(/\.0+$/, '')
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no')
  const word = String(value ?? '')
  return field?.choices.find((choice) => choice.value === word)?.label ?? nameOf(word) ?? word
}

function testTold({ field: name, op = 'eq', value }: ConditionTest, fields: readonly ConditionField[], nameOf: (id: string) => string | null): string {
  const field = fields.find((one) => one.name === name)
  const label = field?.label ?? name
  if (op === 'empty') return `${label} ${tEnum('conditionOp', value ? 'empty' : 'filled')}`
  const values = (Array.isArray(value) ? value : [value]).map((one) => valueTold(one, field, nameOf)).join(t('list.and'))
  if (field?.kind === 'yes' && op === 'eq') return t('flows.isSo', { field: label, value: values })
  const sign = COUNTED.has(field?.kind ?? '') ? SIGNS[op] : undefined
  const word = sign ?? (op === 'in' ? t('conditionOp.is') : op === 'nin' ? t('flows.isNot') : tEnum('conditionOp', op))
  return `${label} ${word} ${values}`
}

/** A condition as short as a card on the canvas wants it. */
export function conditionTold(tree: ConditionTree, fields: readonly ConditionField[], nameOf: (id: string) => string | null): string {
  if ('field' in tree) return testTold(tree, fields, nameOf)
  const [parts, joint] = 'and' in tree ? [tree.and, t('flows.and')] : [tree.or, t('flows.or')]
  return parts.map((part) => ('field' in part || parts.length === 1 ? conditionTold(part, fields, nameOf) : `(${conditionTold(part, fields, nameOf)})`)).join(joint)
}

/** What a condition speaks of. */
export function fieldsAsked(tree: ConditionTree): string[] {
  return 'field' in tree ? [tree.field] : ('and' in tree ? tree.and : tree.or).flatMap(fieldsAsked)
}
