import { computed, type ComputedRef } from 'vue'
import { changedCustom, draftsOf, factsOf, freshDrafts, type Facts, type FieldDrafts, type OwnField, type RecordEntity, type RecordKind } from '@guanxi/domain'
import type { Rule } from '@/composables/useForm'
import { useRecordKind } from '@/composables/useRecordKind'
import { useSession } from '@/stores/session'
import { ownRules } from './ownFields'

/** Values of a form, the company's own fields among them. */
interface WithOwn {
  custom: FieldDrafts
}

/** The company's own fields in a form that lays out its built-in ones itself. */
export interface UsedOwnFields {
  kind: ComputedRef<RecordKind | null>
  own: ComputedRef<OwnField[]>
  /** Of a record about to be made. */
  fresh: () => FieldDrafts
  /** Of a record as it was read. */
  read: (custom: Readonly<Record<string, unknown>> | undefined) => FieldDrafts
  /** What of them is sent: nothing if nothing differs. */
  changed: (now: FieldDrafts, before: FieldDrafts) => { custom?: Record<string, unknown> }
  /** Their rules; `before` is null for a record about to be made. */
  rules: (values: WithOwn, before: FieldDrafts | null) => Record<string, Rule<unknown>>
  /** What conditions see of the form: its built-in values go by their own names. */
  factsOf: (values: WithOwn) => Facts
}

/** The own fields of a kind of record, for its form. */
export function useOwnFields(entity: RecordEntity): UsedOwnFields {
  const session = useSession()
  const { kind, own, known } = useRecordKind(() => entity)
  const facts = (values: WithOwn): Facts => factsOf(own.value, values as unknown as Facts, values.custom)
  return {
    kind,
    own: computed(() => own.value),
    fresh: () => freshDrafts(own.value, { me: session.user?.id ?? null, timeZone: session.timeZone }),
    read: (custom) => draftsOf(own.value, custom ?? {}),
    changed: (now, before) => {
      const custom = changedCustom(own.value, now, before)
      return Object.keys(custom).length ? { custom } : {}
    },
    rules: (values, before) => ownRules({ fields: own.value, known: known.value, before, facts: () => facts(values) }),
    factsOf: facts,
  }
}
