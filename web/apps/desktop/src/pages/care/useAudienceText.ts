import { watch } from 'vue'
import type { CareRuleIn } from '@guanxi/client'
import type { ConditionTree } from '@guanxi/domain'
import { listFields, type ConditionField } from '@/components/filters/conditionFields'
import { isOwnName } from '@/components/list/ownListing'
import { treeText } from '@/components/list/treeText'
import { filterCoding } from '@/composables/filterCoding'
import { useNames } from '@/composables/useNames'
import { loadRecordKind, useRecordKind } from '@/composables/useRecordKind'
import { recordFields, type RuleRecord } from './recordFields'
import { useProductNames } from './useProductNames'

export type Part = 'records' | 'customers' | 'contacts'
type Audience = NonNullable<CareRuleIn['audience']>

/** What conditions of a rule may speak of, and how those that there are read. */
export function useAudienceText(audience: () => Audience | undefined, record: () => RuleRecord | null): { fieldsOf: (part: Part) => ConditionField[]; treeOf: (part: Part) => ConditionTree | null; tellOf: (part: Part, tree: ConditionTree) => string } {
  const { nameOf } = useNames()
  const kinds = { records: useRecordKind(() => record() ?? 'quote'), customers: useRecordKind(() => 'customer'), contacts: useRecordKind(() => 'contact') }
  watch(record, (one) => one && void loadRecordKind(one))
  const coding = filterCoding([], () => undefined)
  const productName = useProductNames(() => audience()?.records)

  function fieldsOf(part: Part): ConditionField[] {
    const goesBy = record()
    if (part === 'records' && !goesBy) return []
    const found = kinds[part].kind.value
    const described = found ? listFields(found) : []
    return part === 'records' && goesBy && goesBy !== 'quote' ? [...recordFields(goesBy), ...described.filter(({ name }) => isOwnName(name))] : described
  }
  return {
    fieldsOf,
    treeOf: (part) => (audience()?.[part] ?? null) as ConditionTree | null,
    tellOf: (part, tree) => treeText(tree, { fields: [], builder: fieldsOf(part), coding, nameOf: (id) => productName(id) ?? nameOf(id) }),
  }
}
