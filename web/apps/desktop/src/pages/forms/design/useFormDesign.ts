import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { Problem, type FormWhole } from '@guanxi/client'
import type { FormField, FormKind } from '@guanxi/domain'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'
import { doors, fieldsOf } from '../doors'
import { blankField, freshKey } from './blanks'

export type Keeping = 'kept' | 'waiting' | 'keeping' | 'failed'

/** A form on its drawing board: what is designed keeps itself a moment after each change. */
export interface FormDesign {
  form: ShallowRef<FormWhole | null>
  fields: ShallowRef<readonly FormField[]>
  selected: Ref<string | null>
  field: ComputedRef<FormField | null>
  keeping: Ref<Keeping>
  problem: ShallowRef<Problem | null>
  unsaved: ComputedRef<boolean>
  faultsOf: (key: string | null) => { field: string; text: string }[]
  /** Takes a form as it came from the server; its fields too, unless only its facts are new. */
  take: (form: FormWhole, design?: boolean) => void
  select: (key: string | null) => void
  add: (kind: FormKind, at?: number) => void
  put: (key: string, patch: Partial<FormField>) => void
  move: (from: number, to: number) => void
  copy: (key: string) => void
  remove: (key: string) => void
  /** Keeps now what is still waiting; false when that cannot be. */
  flush: () => Promise<boolean>
}

const PAUSE_MS = 700
export const MOST_FIELDS = 60

export function useFormDesign(): FormDesign {
  const feedback = useFeedback()
  const form = shallowRef<FormWhole | null>(null)
  const fields = shallowRef<readonly FormField[]>([])
  const selected = ref<string | null>(null)
  const keeping = ref<Keeping>('kept')
  const problem = shallowRef<Problem | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let flight: Promise<boolean> | null = null

  const keys = (): Set<string> => new Set(fields.value.map(({ key }) => key))

  function take(fresh: FormWhole, design = true): void {
    form.value = fresh
    if (!design) return
    clearTimeout(timer)
    fields.value = fieldsOf(fresh)
    keeping.value = 'kept'
    if (!keys().has(selected.value ?? '')) selected.value = null
  }

  function change(next: readonly FormField[]): void {
    fields.value = next
    keeping.value = 'waiting'
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), PAUSE_MS)
  }

  async function keep(): Promise<boolean> {
    const now = form.value
    if (!now) return false
    const wanted = fields.value
    keeping.value = 'keeping'
    try {
      form.value = await doors.design(now, wanted)
      problem.value = null
      // What was changed meanwhile still waits.
      keeping.value = fields.value === wanted ? 'kept' : 'waiting'
      return true
    } catch (thrown) {
      problem.value = Problem.of(thrown)
      keeping.value = 'failed'
      return false
    }
  }

  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    if (flight && !(await flight)) return false
    while (keeping.value === 'waiting' || keeping.value === 'failed') {
      flight = keep()
      const done = await flight
      flight = null
      if (!done) return false
    }
    return true
  }

  function add(kind: FormKind, at?: number): void {
    if (fields.value.length >= MOST_FIELDS) return
    const field = blankField(kind, keys())
    const after = fields.value.findIndex(({ key }) => key === selected.value)
    const place = at ?? (after < 0 ? fields.value.length : after + 1)
    change([...fields.value.slice(0, place), field, ...fields.value.slice(place)])
    selected.value = field.key
  }
  const put = (key: string, patch: Partial<FormField>): void => change(fields.value.map((field) => (field.key === key ? { ...field, ...patch } : field)))

  function move(from: number, to: number): void {
    const moved = fields.value[from]
    if (!moved || to < 0 || to >= fields.value.length || from === to) return
    const rest = fields.value.filter((_, index) => index !== from)
    change([...rest.slice(0, to), moved, ...rest.slice(to)])
  }
  function copy(key: string): void {
    const at = fields.value.findIndex((field) => field.key === key)
    const field = fields.value[at]
    if (!field || fields.value.length >= MOST_FIELDS) return
    const made = { ...(JSON.parse(JSON.stringify(field)) as FormField), key: freshKey('f_', keys()) }
    change([...fields.value.slice(0, at + 1), made, ...fields.value.slice(at + 1)])
    selected.value = made.key
  }
  function remove(key: string): void {
    const before = fields.value
    const gone = before.find((field) => field.key === key)
    if (!gone) return
    change(before.filter((field) => field.key !== key))
    if (selected.value === key) selected.value = null
    feedback.toast(t('forms.removed', { label: gone.label || t('forms.unnamed') }), () => change(before))
  }
  onScopeDispose(() => {
    if (keeping.value === 'waiting') void flush()
  })

  return {
    form, fields, selected, keeping, problem, take, select: (key) => (selected.value = key), add, put, move, copy, remove, flush,
    field: computed(() => fields.value.find(({ key }) => key === selected.value) ?? null),
    unsaved: computed(() => keeping.value !== 'kept'),
    faultsOf: (key) => (form.value?.problems ?? []).filter((one) => one.key === key).map(({ field, text }) => ({ field, text })),
  }
}
