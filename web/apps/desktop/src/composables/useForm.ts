import { computed, inject, nextTick, onScopeDispose, provide, reactive, ref, shallowRef, toRaw, watch, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import { newKey, Problem } from '@guanxi/client'
import { expand, isUnder, valueAt } from './paths'
import { useDraft } from './useDraft'
import { useLeaveGuard } from './useLeaveGuard'

/** What is wrong with a value, in the reader's language, or null. */
export type Rule<V> = (value: unknown, values: V) => string | null

export interface FormOptions<V extends object> {
  /** The values of an untouched form. */
  initial: () => V
  /** Rules by dotted path; `phones.*.number` stands for each line. */
  rules?: Partial<Record<string, Rule<NoInfer<V>>>>
  /** Name under which the draft is kept in this tab; absent for forms that keep none (passwords). */
  draft?: string
  /** Sends the values. The key stays the same until the values change, so that a repeated sending has one effect. */
  submit: (values: NoInfer<V>, key: string) => Promise<void>
  /** Ask before leaving with unsent changes (default true). */
  guard?: boolean
  /** Refusals that the page handles itself, e.g. a version conflict; true when it did. */
  onProblem?: (problem: Problem) => boolean | Promise<boolean>
}

/** A form: its values, what is wrong with them, and the one way to send them. */
export interface Form<V extends object = object> {
  values: V
  errors: Readonly<Ref<Record<string, string>>>
  /** A refusal that belongs to no field. */
  problem: ShallowRef<Problem | null>
  saving: Ref<boolean>
  dirty: ComputedRef<boolean>
  /** True when the values came from a draft left behind. */
  restored: Ref<boolean>
  /** The message of a field, or of anything beneath it. */
  errorOf: (path: string) => string | null
  /** Checks one field, as when it is left. */
  check: (path: string) => void
  /** Checks and sends; resolves to true when the server took it. */
  send: () => Promise<boolean>
  /** Back to the untouched form (or to other values), without the draft. */
  reset: (values?: V) => void
  /** The element in which the first problem is looked for. */
  root: ShallowRef<HTMLElement | null>
}

const FORM: InjectionKey<Form> = Symbol('form')

/** Gives a form to the fields inside the component. */
export function provideForm<V extends object>(form: Form<V>): void {
  provide(FORM, form as unknown as Form)
}

/** The form around a field. */
export function useFormAround(): Form {
  const form = inject(FORM)
  if (!form) throw new Error('A FormField stands outside of a FormBody')
  return form
}

const copy = <V>(value: V): V => JSON.parse(JSON.stringify(toRaw(value))) as V
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Holds a form: checks on leaving a field, shows the server's word beside the field, keeps what was typed, sends once. */
export function useForm<V extends object>(options: FormOptions<V>): Form<V> {
  const values = reactive(copy(options.initial())) as V
  const base = shallowRef(copy(options.initial()))
  const errors = ref<Record<string, string>>({})
  const problem = shallowRef<Problem | null>(null)
  const saving = ref(false)
  const restored = ref(false)
  const root = shallowRef<HTMLElement | null>(null)
  const dirty = computed(() => !same(values, base.value))
  const draft = useDraft<V>(options.draft ?? null, () => values, () => dirty.value)
  let key = newKey()
  let sent: string | null = null

  function rulesFor(path: string): [string, Rule<V>][] {
    const found: [string, Rule<V>][] = []
    for (const [pattern, rule] of Object.entries(options.rules ?? {})) {
      for (const place of expand(pattern, values)) if (rule && isUnder(place, path)) found.push([place, rule])
    }
    return found
  }

  function faults(checked: [string, Rule<V>][]): Record<string, string> {
    const found: Record<string, string> = {}
    for (const [place, rule] of checked) {
      const fault = rule(valueAt(values, place), values)
      if (fault) found[place] = fault
    }
    return found
  }

  function check(path: string): void {
    const others = Object.entries(errors.value).filter(([place]) => !isUnder(place, path))
    errors.value = { ...Object.fromEntries(others), ...faults(rulesFor(path)) }
  }

  function checkAll(): boolean {
    const all = Object.keys(options.rules ?? {}).flatMap((pattern) => rulesFor(pattern.split('.')[0] ?? pattern))
    errors.value = faults(all)
    return Object.keys(errors.value).length === 0
  }

  function errorOf(path: string): string | null {
    if (errors.value[path]) return errors.value[path]
    return Object.entries(errors.value).find(([place]) => isUnder(place, path))?.[1] ?? null
  }

  async function jumpToFirst(): Promise<void> {
    await nextTick()
    const bad = root.value?.querySelector<HTMLElement>('.field.is-bad')
    const control = bad?.querySelector<HTMLElement>('input, textarea, select, button, [tabindex="0"]')
    bad?.scrollIntoView({ block: 'center' })
    control?.focus({ preventScroll: true })
  }

  function keyFor(): string {
    const now = JSON.stringify(values)
    if (sent !== null && sent !== now) key = newKey()
    sent = now
    return key
  }

  async function send(): Promise<boolean> {
    if (saving.value) return false
    problem.value = null
    if (!checkAll()) {
      await jumpToFirst()
      return false
    }
    saving.value = true
    try {
      await options.submit(copy(values), keyFor())
      settle()
      return true
    } catch (thrown) {
      await refused(Problem.of(thrown))
      return false
    } finally {
      saving.value = false
    }
  }

  function settle(): void {
    base.value = copy(values)
    restored.value = false
    errors.value = {}
    draft.drop()
    key = newKey()
    sent = null
  }

  async function refused(found: Problem): Promise<void> {
    if (await options.onProblem?.(found)) return
    errors.value = Object.fromEntries(found.errors.map((error) => [error.field, error.message]))
    await nextTick()
    problem.value = isPlaced(found) ? null : found
    await jumpToFirst()
  }

  /** True when every refusal stands beside a field of the form, so that nothing is left to say above it. */
  function isPlaced(found: Problem): boolean {
    const places = [...(root.value?.querySelectorAll<HTMLElement>('[data-field]') ?? [])].map((element) => element.dataset.field ?? '')
    return found.errors.length > 0 && found.errors.every(({ field }) => places.some((place) => isUnder(field, place)))
  }

  function reset(fresh: V = options.initial()): void {
    Object.assign(values, copy(fresh))
    settle()
    problem.value = null
  }

  const kept = draft.restore()
  if (kept && !same(kept, values)) {
    Object.assign(values, kept)
    restored.value = true
  }
  if (options.guard ?? true) useLeaveGuard(() => dirty.value && !saving.value)
  clearOnTyping(values, errors)

  return { values, errors, problem, saving, dirty, restored, errorOf, check, send, reset, root }
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
