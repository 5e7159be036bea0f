import { conditionOf, type ConditionTest, type ConditionTree, type FilterCoding } from '@guanxi/domain'
import { changeText } from '@/changes'
import { t, tEnum } from '@/i18n'
import type { ConditionField } from '../filters/conditionFields'
import type { FilterField } from './columns'
import { conditionText } from './conditionText'

/** What words for filters come from. */
export interface FilterWords {
  fields: readonly FilterField[]
  builder: readonly ConditionField[]
  coding: FilterCoding
  nameOf?: (id: string) => string | null
}

function testText(test: ConditionTest, { fields, builder, coding, nameOf }: FilterWords): string {
  const field = fields.find(({ name }) => name === test.field)
  const condition = conditionOf(test, coding)
  if (field && condition) return `${field.label} ${conditionText(field, [condition], nameOf)}`
  const known = builder.find(({ name }) => name === test.field)
  const label = known?.label ?? test.field
  if (test.op === 'empty') return `${label} ${t(test.value ? 'filter.isEmpty' : 'filter.notEmpty')}`
  const values = (Array.isArray(test.value) ? test.value : [test.value]).map((value) => known?.choices.find((choice) => choice.value === value)?.label ?? changeText(test.field, value, nameOf))
  return `${label} ${tEnum('conditionOp', test.op ?? 'eq')} ${values.join(t('list.and'))}`
}

/** A filter tree in words. */
export function treeText(tree: ConditionTree, words: FilterWords): string {
  if ('field' in tree) return testText(tree, words)
  const [parts, joint] = 'and' in tree ? [tree.and, t('filterBuilder.and')] : [tree.or, t('filterBuilder.or')]
  return parts.map((part) => ('field' in part || parts.length === 1 ? treeText(part, words) : `(${treeText(part, words)})`)).join(joint)
}
