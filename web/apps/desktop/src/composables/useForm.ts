import { computed, inject, nextTick, provide, reactive, ref, shallowRef, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import { Problem } from '@guanxi/client'
import { copy, same, useChecks, type Rules } from './formChecks'
import { isPlaced, jumpToFirst, unreadableFields } from './formPlaces'
import { sendingKey } from './sendingKey'
import { useDraft } from './useDraft'
import { useLeaveGuard } from './useLeaveGuard'

export type { Rule } from './formChecks'

export interface FormOptions<V extends object> {
  /** The values of an untouched form. */
  initial: () => V
  rules?: Rules<NoInfer<V>> | (() => Rules<NoInfer<V>>)
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
  /** Has the next sending wait for something, e.g. a file on its way; it is not sent if that fails. */
  holdFor: (work: Promise<unknown>) => void
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

/** Holds a form: checks on leaving a field, shows the server's word beside the field, keeps what was typed, sends once. */
export function useForm<V extends object>(options: FormOptions<V>): Form<V> {
  const values = reactive(copy(options.initial())) as V
  const base = shallowRef(copy(options.initial()))
  const problem = shallowRef<Problem | null>(null)
  const saving = ref(false)
  const restored = ref(false)
  const root = shallowRef<HTMLElement | null>(null)
  const dirty = computed(() => !same(values, base.value))
  const { errors, errorOf, check, checkAll } = useChecks<V>(values, options.rules ?? {}, () => unreadableFields(root.value))
  const draft = useDraft<V>(options.draft ?? null, () => values, () => dirty.value)
  const key = sendingKey()
  const awaited = new Set<Promise<unknown>>()

  function holdFor(work: Promise<unknown>): void {
    const settled = work.then(() => awaited.delete(work), () => awaited.delete(work))
    awaited.add(work)
    void settled
  }

  /** Whether all that the form waits for has gone well. */
  async function isComplete(): Promise<boolean> {
    const outcomes = await Promise.allSettled([...awaited])
    return outcomes.every(({ status }) => status === 'fulfilled')
  }

  async function send(): Promise<boolean> {
    if (saving.value) return false
    problem.value = null
    saving.value = true
    try {
      if (awaited.size && !(await isComplete())) return false
      if (!checkAll()) {
        await nextTick()
        jumpToFirst(root.value)
        return false
      }
      await options.submit(copy(values), key.keyFor(values))
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
    key.renew()
  }

  async function refused(found: Problem): Promise<void> {
    if (await options.onProblem?.(found)) return
    errors.value = Object.fromEntries(found.errors.map((error) => [error.field, error.message]))
    await nextTick()
    problem.value = isPlaced(root.value, found) ? null : found
    await nextTick()
    jumpToFirst(root.value)
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

  return { values, errors, problem, saving, dirty, restored, errorOf, check, send, holdFor, reset, root }
}
