import type { Activity, Body, FileBrief, Ref } from '@guanxi/client'
import { changedCustom, draftsOf, type ActivityKind, type FieldDrafts, type OwnField } from '@guanxi/domain'
import { all, atMost, required } from '@/composables/rules'
import type { Rule } from '@/composables/useForm'
import { t } from '@/i18n'

/** What an activity belongs to: a customer, or a contact. */
export interface ActivityHost {
  customer?: string
  contact?: string
}

/** What is to be done next, while it is being typed. */
export interface StepValues {
  title: string
  due_at: string | null
}

/** A follow-up as the form holds it; without a time it happened just now. */
export interface ActivityValues {
  kind: ActivityKind
  content: string
  contact: Ref | null
  happened_at: string | null
  next_step: StepValues | null
  /** Brought for it; they hang on it once it is saved. */
  files: FileBrief[]
  /** The company's own fields, by name. */
  custom: FieldDrafts
}

/** How far the clocks of two people may be apart. */
const CLOCKS_DIFFER_MS = 600_000

/** An empty form; the kind stays that of the last one. */
export function blankActivity(kind: ActivityKind = 'call', custom: FieldDrafts = {}): ActivityValues {
  return { kind, content: '', contact: null, happened_at: null, next_step: null, files: [], custom: { ...custom } }
}

/** A follow-up's values for editing. */
export function valuesOf({ kind, content, contact, happened_at, custom }: Activity, own: readonly OwnField[] = []): ActivityValues {
  return { kind, content, contact, happened_at, next_step: null, files: [], custom: draftsOf(own, custom ?? {}) }
}

/** What is sent: the time only if it was not just now, the next step only if there is one. */
export function bodyOf(values: ActivityValues, host: ActivityHost, own: readonly OwnField[] = [], fresh: FieldDrafts = {}): Body<'/api/v1/activities', 'post'> {
  const { kind, content, contact, happened_at, next_step, files } = values
  const custom = changedCustom(own, values.custom, fresh)
  return {
    ...(Object.keys(custom).length ? { custom } : {}),
    kind,
    content: content.trim(),
    customer_id: host.customer ?? null,
    contact_id: host.contact ?? contact?.id ?? null,
    ...(happened_at ? { happened_at } : {}),
    ...(files.length ? { attachment_ids: files.map(({ id }) => id) } : {}),
    ...(next_step?.due_at ? { next_step: { title: next_step.title.trim(), due_at: next_step.due_at } } : {}),
  }
}

/** Only what differs from the follow-up as it was read. */
export function changesOf(values: ActivityValues, before: Activity, own: readonly OwnField[] = []): Body<'/api/v1/activities/{id}', 'patch'> {
  const content = values.content.trim()
  const custom = changedCustom(own, values.custom, draftsOf(own, before.custom ?? {}))
  return {
    ...(Object.keys(custom).length ? { custom } : {}),
    ...(values.kind === before.kind ? {} : { kind: values.kind }),
    ...(content === before.content ? {} : { content }),
    ...(values.happened_at && Date.parse(values.happened_at) !== Date.parse(before.happened_at) ? { happened_at: values.happened_at } : {}),
  }
}

const notAhead: Rule<unknown> = (value) => (typeof value === 'string' && Date.parse(value) > Date.now() + CLOCKS_DIFFER_MS ? t('activities.notYet') : null)
const ofStep = (rule: Rule<unknown>): Rule<unknown> => (value, values) => ((values as ActivityValues).next_step ? rule(value, values) : null)

/** The rules of the form, by path. */
export const activityRules: Record<string, Rule<unknown>> = {
  content: all(required('activities.contentEmpty'), atMost(5000)),
  happened_at: notAhead,
  'next_step.title': ofStep(all(required('activities.nextStepEmpty'), atMost(200))),
  'next_step.due_at': ofStep(required('activities.dueEmpty')),
}
