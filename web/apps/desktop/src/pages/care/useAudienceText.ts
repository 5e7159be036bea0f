import type { CareRuleIn } from '@guanxi/client'
import type { ConditionTree } from '@guanxi/domain'
import { listFields, type ConditionField } from '@/components/filters/conditionFields'
import { treeText } from '@/components/list/treeText'
import { filterCoding } from '@/composables/filterCoding'
import { useNames } from '@/composables/useNames'
import { useRecordKind } from '@/composables/useRecordKind'
import { recordFields, type RuleRecord } from './recordFields'
import { useProductNames } from './useProductNames'

export type Part = 'records' | 'customers' | 'contacts'
type Audience = NonNullable<CareRuleIn['audience']>

/** What conditions of a rule may speak of, and how those that there are read. */
export function useAudienceText(audience: () => Audience | undefined, record: () => RuleRecord | null): { fieldsOf: (part: Part) => ConditionField[]; treeOf: (part: Part) => ConditionTree | null; tellOf: (part: Part, tree: ConditionTree) => string } {
  const { nameOf } = useNames()
  const kinds = { records: useRecordKind(() => 'quote'), customers: useRecordKind(() => 'customer'), contacts: useRecordKind(() => 'contact') }
  const coding = filterCoding([], () => undefined)
  const productName = useProductNames(() => audience()?.records)

  function fieldsOf(part: Part): ConditionField[] {
    const goesBy = record()
    if (part === 'records' && goesBy !== 'quote') return goesBy ? recordFields(goesBy) : []
    const found = kinds[part].kind.value
    return found ? listFields(found) : []
  }
  return {
    fieldsOf,
    treeOf: (part) => (audience()?.[part] ?? null) as ConditionTree | null,
    tellOf: (part, tree) => treeText(tree, { fields: [], builder: fieldsOf(part), coding, nameOf: (id) => productName(id) ?? nameOf(id) }),
  }
}
