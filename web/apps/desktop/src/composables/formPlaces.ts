import type { Problem } from '@guanxi/client'
import { isUnder } from './paths'

/** Brings the first field with a message into sight and the cursor into it. */
export function jumpToFirst(root: HTMLElement | null): void {
  const bad = root?.querySelector<HTMLElement>('.field.is-bad')
  const control = bad?.querySelector<HTMLElement>('input, textarea, select, button, [tabindex="0"]')
  bad?.scrollIntoView({ block: 'center' })
  control?.focus({ preventScroll: true })
}

/** Puts the cursor into the first field to type in; not where that would raise a keyboard over the form. */
export function startTyping(root: HTMLElement | null): void {
  if (matchMedia('(pointer: coarse)').matches) return
  root?.querySelector<HTMLElement>('input:not([type="radio"], [type="checkbox"], [type="hidden"], :disabled), textarea')?.focus()
}

/** True when every refusal stands beside a field of the form, so that nothing is left to say above it. */
export function isPlaced(root: HTMLElement | null, problem: Problem): boolean {
  const places = [...(root?.querySelectorAll<HTMLElement>('[data-field]') ?? [])].map((element) => element.dataset.field ?? '')
  return problem.errors.length > 0 && problem.errors.every(({ field }) => places.some((place) => isUnder(field, place)))
}
