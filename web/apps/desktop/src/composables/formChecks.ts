import { onScopeDispose, ref, toRaw, watch, type Ref } from 'vue'
import { expand, isUnder, valueAt } from './paths'

/** What is wrong with a value, in the reader's language, or null. */
export type Rule<V> = (value: unknown, values: V) => string | null

/** Rules by dotted path; `phones.*.number` stands for each line. */
export type Rules<V> = Partial<Record<string, Rule<V>>>

/** What is wrong with a form's values. */
export interface Checks {
  errors: Ref<Record<string, string>>
  /** The message of a field, or of anything beneath it. */
  errorOf: (path: string) => string | null
  /** Checks one field and what lies beneath it. */
  check: (path: string) => void
  /** Checks everything; true when nothing is wrong. */
  checkAll: () => boolean
}

/** A copy that shares nothing with its source. */
export const copy = <V>(value: V): V => JSON.parse(JSON.stringify(toRaw(value))) as V

/** True when two values say the same. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Holds a form's values to their rules; a function gives those of the moment. `unreadable` tells, by path, what stands in
 * the form and has become no value.
 */
export function useChecks<V extends object>(values: V, rules: Rules<V> | (() => Rules<V>), unreadable: () => Record<string, string> = () => ({})): Checks {
  const errors = ref<Record<string, string>>({})
  const places = (): [string, Rule<V>][] =>
    Object.entries(typeof rules === 'function' ? rules() : rules).flatMap(([pattern, rule]) => (rule ? expand(pattern, values).map((place): [string, Rule<V>] => [place, rule]) : []))

  function faults(applies: (place: string) => boolean): Record<string, string> {
    const found = Object.fromEntries(Object.entries(unreadable()).filter(([place]) => applies(place)))
    for (const [place, rule] of places()) {
      const fault = applies(place) && !found[place] ? rule(valueAt(values, place), values) : null
      if (fault) found[place] = fault
    }
    return found
  }

  function check(path: string): void {
    const others = Object.entries(errors.value).filter(([place]) => !isUnder(place, path))
    errors.value = { ...Object.fromEntries(others), ...faults((place) => isUnder(place, path)) }
  }

  function checkAll(): boolean {
    errors.value = faults(() => true)
    return Object.keys(errors.value).length === 0
  }

  function errorOf(path: string): string | null {
    return errors.value[path] ?? Object.entries(errors.value).find(([place]) => isUnder(place, path))?.[1] ?? null
  }

  clearOnTyping(values, errors)
  return { errors, errorOf, check, checkAll }
}

/** Takes a message away as soon as the value it speaks of changes. */
function clearOnTyping(values: object, errors: Ref<Record<string, string>>): void {
  let before = copy(values)
  const stop = watch(
    values,
    () => {
      const places = Object.keys(errors.value).filter((place) => same(valueAt(before, place), valueAt(values, place)))
      if (places.length < Object.keys(errors.value).length) {
        errors.value = Object.fromEntries(places.map((place) => [place, errors.value[place] as string]))
      }
      before = copy(values)
    },
    { deep: true },
  )
  onScopeDispose(stop)
}
