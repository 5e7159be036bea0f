import type { Problem } from '@guanxi/client'
import { t } from '@/i18n'
import { isUnder } from './paths'

/** Brings the first field with a message into sight and the cursor into it. */
export function jumpToFirst(root: HTMLElement | null): void {
  const bad = root?.querySelector<HTMLElement>('.field.is-bad')
  const control = bad?.querySelector<HTMLElement>('input, textarea, select, button, [tabindex="0"]')
  bad?.scrollIntoView({ block: 'center' })
  control?.focus({ preventScroll: true })
}

/** True when every refusal stands beside a field of the form, so that nothing is left to say above it. */
export function isPlaced(root: HTMLElement | null, problem: Problem): boolean {
  const places = [...(root?.querySelectorAll<HTMLElement>('[data-field]') ?? [])].map((element) => element.dataset.field ?? '')
  return problem.errors.length > 0 && problem.errors.every(({ field }) => places.some((place) => isUnder(field, place)))
}

/** What is wrong with what stands in the controls of a place and reads as no value, such as half a date; it would be sent as nothing. */
export function unreadableIn(place: ParentNode | null): string | null {
  for (const input of place?.querySelectorAll('input') ?? []) {
    if (input.validity.customError) return input.validationMessage
    if (input.validity.badInput) return t('rule.unreadable')
  }
  return null
}

/** The same for each field of a form, by its path. */
export function unreadableFields(root: HTMLElement | null): Record<string, string> {
  const fields = [...(root?.querySelectorAll<HTMLElement>('[data-field]') ?? [])]
  return Object.fromEntries(fields.flatMap((field) => {
    const fault = unreadableIn(field)
    return fault ? [[field.dataset.field ?? '', fault]] : []
  }))
}

/**
 * For `open-auto-focus` of a drawer or dialog: takes the cursor into a field, after the frame has taken the focus itself
 * and noted where to give it back.
 */
export function startAt(field: () => HTMLElement | null | undefined): void {
  setTimeout(() => field()?.focus({ preventScroll: true }))
}

/** The same for a form: into the field that is filled in first, except where that would bring up a keyboard of glass. */
export function startAtFirst(root: HTMLElement | null): void {
  if (matchMedia('(hover: hover)').matches) startAt(() => root?.querySelector<HTMLElement>('[autofocus]'))
}
