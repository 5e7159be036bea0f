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

/** What controls hold but cannot read, by the path of their field: it would be sent as nothing, or as what was there before. */
export function unreadable(root: HTMLElement | null): Record<string, string> {
  const found: Record<string, string> = {}
  for (const input of root?.querySelectorAll('input') ?? []) {
    const place = input.closest<HTMLElement>('[data-field]')?.dataset.field
    if (place && input.validity.customError) found[place] = input.validationMessage
    else if (place && input.validity.badInput) found[place] = t('rule.unreadable')
  }
  return found
}

/** True when every refusal stands beside a field of the form, so that nothing is left to say above it. */
export function isPlaced(root: HTMLElement | null, problem: Problem): boolean {
  const places = [...(root?.querySelectorAll<HTMLElement>('[data-field]') ?? [])].map((element) => element.dataset.field ?? '')
  return problem.errors.length > 0 && problem.errors.every(({ field }) => places.some((place) => isUnder(field, place)))
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
