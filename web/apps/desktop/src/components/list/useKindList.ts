import { computed, type ComputedRef } from 'vue'
import type { FilterCoding, OwnField, RecordEntity, RecordKind, ValueForm } from '@guanxi/domain'
import { filterCoding } from '@/composables/filterCoding'
import type { MoreFields } from '@/composables/useList'
import { useRecordKind } from '@/composables/useRecordKind'
import { useViews, type BuiltInView, type Views } from '@/composables/useViews'
import { listFields, type ConditionField } from '../filters/conditionFields'
import type { FilterField } from './columns'
import { isOwnName, ownForm } from './ownListing'

/** What the list of a kind of record is made of besides its own rows. */
export interface KindList {
  kind: ComputedRef<RecordKind | null>
  own: ComputedRef<OwnField[]>
  /** For `useList`: the own fields, and how they are written. */
  more: MoreFields
  coding: FilterCoding
  views: Views
  /** What the filter builder may speak of. */
  builder: ComputedRef<ConditionField[]>
}

/** A list as its page knows it. */
export interface KindListOptions {
  entity: RecordEntity
  name: string
  fields: readonly string[]
  numbers?: readonly string[]
  /** How the values of built-in filters are written that are no text. */
  form?: (name: string) => ValueForm | undefined
  /** The quick filters, which know words to suggest. */
  filters: () => readonly FilterField[]
  /** Views of the page's own. */
  builtIn?: () => readonly BuiltInView[]
  /** What the builder may speak of besides own fields, if not what the description says. */
  spoken?: () => ConditionField[]
}

/** Own fields, views and the filter builder of a list. */
export function useKindList({ entity, name, fields, numbers, form, filters, builtIn, spoken }: KindListOptions): KindList {
  const { kind, own, reload } = useRecordKind(() => entity)
  const more: MoreFields = { has: isOwnName, writtenAs: (field) => form?.(field) ?? ownForm(kind.value, field), ready: async () => kind.value ?? (await reload()) }
  const coding = filterCoding(numbers, more.writtenAs)
  const has = (field: string): boolean => fields.includes(field) || isOwnName(field)
  const views = useViews({ list: entity, name, fields: { has }, coding, prepared: more.ready, ...(builtIn ? { builtIn } : {}) })
  const builder = computed(() => {
    if (!kind.value) return spoken?.() ?? []
    const described = listFields(kind.value).map((field) => suggesting(field, filters()))
    return spoken ? [...spoken(), ...described.filter((field) => isOwnName(field.name))] : described
  })
  return { kind, own, more, coding, views, builder }
}

function suggesting(field: ConditionField, filters: readonly FilterField[]): ConditionField {
  const quick = filters.find(({ name }) => name === field.name)
  if (!quick) return field
  const named = { ...field, label: quick.label, ...(quick.currency ? { currency: quick.currency } : {}) }
  if (field.kind === 'id' && quick.options) return { ...named, kind: 'choice', choices: quick.options }
  return field.kind === 'member' && field.choices.length === 0 ? { ...named, choices: quick.options ?? [], open: true } : named
}
