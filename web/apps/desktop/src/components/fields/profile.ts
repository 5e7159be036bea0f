import { comparable, fieldState, wireOf, draftOf, type OwnField, type RecordKind } from '@guanxi/domain'

/** A line of a profile: a built-in field that the page knows how to tell, or an own one. */
export interface ProfileLine {
  key: string
  label: string
  text: string
  editable: boolean
  field?: OwnField
}

/** One part of a profile under its heading. */
export interface ProfileSection<L> {
  title: string | null
  lines: L[]
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** A record as profiles read it. */
interface Recorded {
  custom: Readonly<Record<string, unknown>>
}

/** What is known of a record in the company's own order; `brief` leaves out what is empty. Without a layout, as the page tells it. */
export function profileSections<L extends ProfileLine>(kind: RecordKind | null, builtIn: Readonly<Record<string, L>>, record: Recorded, brief: boolean): ProfileSection<L>[] {
  if (!kind) return [{ title: null, lines: Object.values(builtIn).filter(({ text }) => text || !brief) }]
  const own = new Map(kind.fields.flatMap((field) => (field.built_in ? [] : [[field.name, field] as const])))
  const { custom } = record
  const facts = { ...record, ...Object.fromEntries([...own.values()].map((field) => [field.name, wireOf(field, draftOf(field, custom[field.name]))])) }
  const known = comparable(kind)
  const isLeftOut = (field: OwnField): boolean => isEmpty(custom[field.name]) && (brief || !fieldState(field, known, facts).visible)
  const lineOf = (name: string): L[] => {
    const field = own.get(name)
    if (field) return isLeftOut(field) ? [] : [{ key: name, label: field.label, text: '', editable: false, field } as L]
    const line = builtIn[name]
    return line && (line.text || !brief) ? [line] : []
  }
  return kind.sections.map(({ title, fields }) => ({ title, lines: fields.flatMap(lineOf) })).filter(({ lines }) => lines.length > 0)
}
