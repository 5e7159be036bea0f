import { shallowRef, type ShallowRef } from 'vue'
import type { Approval, FormEntry, FormPreview, Problem } from '@guanxi/client'
import { defaultDraft, draftOf, formOwnField, formState, wireEntry, type EntryDraft, type EntryDrafts, type FormField, type RowDraft, type SpanDraft } from '@guanxi/domain'
import { fieldFault } from '@/components/fields/ownFields'
import { useForm, type Form, type Rule } from '@/composables/useForm'
import { t } from '@/i18n'
import { useSession } from '@/stores/session'
import { doors, wireEntries } from './doors'

export interface Filling {
  values: EntryDrafts
  chosen: Record<string, string[]>
}
type Known = Record<string, { id: string; name: string }>

const rowDrafts = (field: FormField, rows: readonly Record<string, unknown>[]): RowDraft[] =>
  rows.map((row) => Object.fromEntries((field.columns ?? []).map((column) => [column.key, draftOf(formOwnField(column), row[column.key])])))

/** What stands in a field that was filled in before; files are another's, and are not taken along. */
export function draftFrom(field: FormField, value: unknown): EntryDraft {
  if (field.kind === 'date_range') return value ? { from: (value as SpanDraft).from, to: (value as SpanDraft).to } : { from: '', to: '' }
  if (field.kind === 'table') return value ? rowDrafts(field, (value as { rows: Record<string, unknown>[] }).rows) : [{}]
  return draftOf(formOwnField(field), value)
}

/** An untouched form. */
export function freshEntry(fields: readonly FormField[], me: string | null, timeZone: string): EntryDrafts {
  return Object.fromEntries(fields.map((field) => [field.key, field.kind === 'date_range' || field.kind === 'table' ? draftFrom(field, null) : defaultDraft(formOwnField(field), { me, timeZone })]))
}

/** An entry as it is filled in anew. `whole`: with its files, which only the entry itself may keep. */
export function draftsOfEntry(fields: readonly FormField[], { values, told }: FormEntry, whole: boolean): EntryDrafts {
  const files = new Map(told.filter(({ kind }) => kind === 'file').map(({ name, value }) => [name, value]))
  return Object.fromEntries(fields.map((field) => [field.key, field.kind === 'file' ? (((whole ? files.get(field.key) : null) ?? []) as EntryDraft) : draftFrom(field, values[field.key])]))
}

/** What was chosen in an entry, by field, so that its names show at once. */
export const knownIn = ({ values, told }: FormEntry): Known =>
  Object.fromEntries(told.filter(({ kind, text }) => text && ['user', 'department', 'customer'].includes(kind)).map(({ name, text }) => [name, { id: String(values[name]), name: text ?? '' }]))

function faultOf(field: FormField, draft: EntryDraft | undefined): string | null {
  const wire = wireEntry(field, draft)
  if (field.kind === 'note' || field.kind === 'formula') return null
  if (field.kind === 'table') return field.required && (wire as object[]).every((row) => Object.keys(row).length === 0) ? t('forms.rowMissing') : null
  if (wire === null) return field.required ? t('fields.fillIn', { label: field.label }) : null
  if (field.kind === 'date_range') {
    const { from, to } = wire as { from: string | null; to: string | null }
    return !from || !to ? t('forms.bothDays') : to < from ? t('forms.backwards') : null
  }
  return fieldFault(formOwnField(field), draft as never)
}

/** The rules of a form, by path; what is hidden is asked for by none. */
export function entryRules(fields: readonly FormField[], values: () => EntryDrafts): Record<string, Rule<unknown>> {
  const rule = (field: FormField): Rule<unknown> => (draft) => (formState(fields, values()).visible.includes(field) ? faultOf(field, draft as EntryDraft) : null)
  return Object.fromEntries(fields.map((field) => [`values.${field.key}`, rule(field)]))
}

export interface Filler {
  form: Form<Filling>
  /** Whom the submitter is to choose on the way that what was filled in would take; null before that is known. */
  way: ShallowRef<FormPreview | null>
}

/** Fills a form in: kept as a draft in this tab, sent once; where the flow lets one choose who decides, one is asked first. */
export function useFill(options: { draft: string; fields: readonly FormField[]; number: number; formId: string; initial: () => EntryDrafts; entry?: FormEntry; sent: (approval: Approval) => void; onProblem?: (problem: Problem) => boolean }): Filler {
  const { fields, formId, number, entry } = options
  const way = shallowRef<FormPreview | null>(null)
  let now: FormEntry | undefined = entry

  const form: Form<Filling> = useForm<Filling>({
    initial: () => ({ values: options.initial(), chosen: {} }),
    draft: options.draft,
    rules: () => entryRules(fields, () => form.values.values),
    submit: async ({ values, chosen }, key) => {
      const wire = wireEntries(fields, values)
      if (now) {
        now = await doors.correct(now, wire)
        options.sent(await doors.resubmit(now.approval_id ?? '', key))
        return
      }
      options.sent(await doors.send(formId, { number, values: wire, chosen }, key))
    },
    ...(options.onProblem ? { onProblem: options.onProblem } : {}),
  })
  return { form, way }
}

/** Whoever fills a form in. */
export function useFiller(): { me: string | null; timeZone: string } {
  const session = useSession()
  return { me: session.user?.id ?? null, timeZone: session.timeZone }
}
