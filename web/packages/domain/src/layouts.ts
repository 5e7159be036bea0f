import type { LayoutSection } from './fields'

/** Where a field stands: in which section, and there at which place. */
export interface FieldPlace {
  section: number
  index: number
}

/** Where a field stands in a layout; null if it does not. */
export function placeOfField(sections: readonly LayoutSection[], name: string): FieldPlace | null {
  const section = sections.findIndex(({ fields }) => fields.includes(name))
  return section < 0 ? null : { section, index: sections[section]?.fields.indexOf(name) ?? 0 }
}

/** The layout with a field at another place. */
export function withFieldAt(sections: readonly LayoutSection[], name: string, { section, index }: FieldPlace): LayoutSection[] {
  return sections.map(({ title, fields }, at) => {
    const rest = fields.filter((one) => one !== name)
    return { title, fields: at === section ? [...rest.slice(0, index), name, ...rest.slice(index)] : rest }
  })
}

/** The layout with a field one step up (-1) or down (1), into the next section where its own ends. */
export function withFieldNudged(sections: readonly LayoutSection[], name: string, step: -1 | 1): LayoutSection[] {
  const here = placeOfField(sections, name)
  if (!here) return [...sections]
  const index = here.index + step
  if (index >= 0 && index < (sections[here.section]?.fields.length ?? 0)) return withFieldAt(sections, name, { ...here, index })
  const next = sections[here.section + step]
  return next ? withFieldAt(sections, name, { section: here.section + step, index: step > 0 ? 0 : next.fields.length }) : [...sections]
}

/** The layout with a section one step up (-1) or down (1). */
export function withSectionNudged(sections: readonly LayoutSection[], at: number, step: -1 | 1): LayoutSection[] {
  const [moved, other] = [sections[at], sections[at + step]]
  if (!moved || !other) return [...sections]
  return sections.map((section, index) => (index === at ? other : index === at + step ? moved : section))
}

/** The layout without a section; its fields go to the end of the one before it, or to the start of the one behind. */
export function withoutSection(sections: readonly LayoutSection[], at: number): LayoutSection[] {
  const gone = sections[at]
  if (!gone || sections.length < 2) return [...sections]
  const heir = at > 0 ? at - 1 : 1
  return sections
    .map(({ title, fields }, index) => (index === heir ? { title, fields: at > 0 ? [...fields, ...gone.fields] : [...gone.fields, ...fields] } : { title, fields }))
    .filter((_, index) => index !== at)
}
