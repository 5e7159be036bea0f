import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { Problem } from '@guanxi/client'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'
import { doors, type Flow, type FlowProblem } from './doors'
import { isKeepable } from './lacking'
import type { Definition } from './model'
import type { Fault, FlowEditor } from './useFlowEditor'

export type Keeping = 'kept' | 'waiting' | 'keeping' | 'lacking' | 'failed'

/** A flow whose drawing keeps itself. */
export interface FlowDraft {
  flow: ShallowRef<Flow | null>
  keeping: Ref<Keeping>
  problem: ShallowRef<Problem | null>
  unsaved: ComputedRef<boolean>
  /** Takes a flow as it came from the server; what it draws too, unless only its facts are new. */
  take: (flow: Flow, drawing?: boolean) => void
  /** Keeps now what is still waiting; false when that cannot be. */
  flush: () => Promise<boolean>
}

const PAUSE_MS = 800

export const faultsFrom = (problems: readonly FlowProblem[]): Fault[] => problems.map(({ node, field, text }) => ({ id: node, field, text }))

/** Keeps what is drawn a moment after each change, one sending at a time, never over what somebody else kept unasked. */
export function useFlowDraft(editor: FlowEditor): FlowDraft {
  const feedback = useFeedback()
  const flow = shallowRef<Flow | null>(null)
  const keeping = ref<Keeping>('kept')
  const problem = shallowRef<Problem | null>(null)
  let kept: Definition | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let flight: Promise<boolean> | null = null

  function take(fresh: Flow, drawing = true): void {
    flow.value = fresh
    editor.found.value = faultsFrom(fresh.problems)
    if (!drawing) return
    clearTimeout(timer)
    kept = fresh.definition
    keeping.value = 'kept'
    editor.reset(fresh.definition)
  }

  async function send(): Promise<boolean> {
    const wanted = editor.definition.value
    if (!flow.value || wanted === kept) return true
    if (!isKeepable(wanted)) {
      keeping.value = 'lacking'
      return false
    }
    keeping.value = 'keeping'
    try {
      take(await doors.draw(flow.value, wanted), false)
      kept = wanted
      problem.value = null
      keeping.value = 'kept'
    } catch (thrown) {
      const found = Problem.of(thrown)
      if (found.status === 412) return await settle()
      problem.value = found
      keeping.value = 'failed'
      return false
    }
    return editor.definition.value === wanted || send()
  }

  /** Somebody else kept something first: mine over theirs, or theirs. */
  async function settle(): Promise<boolean> {
    if (!flow.value) return false
    const theirs = await doors.get(flow.value.id)
    const overwrite = await feedback.ask({ title: t('flows.conflict'), body: t('flows.conflictText'), action: t('flows.overwrite'), cancel: t('flows.takeTheirs') })
    if (!overwrite) {
      take(theirs)
      return false
    }
    flow.value = theirs
    return send()
  }

  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    if (flight) await flight
    flight = send().finally(() => (flight = null))
    return flight
  }

  watch(editor.definition, (now) => {
    clearTimeout(timer)
    if (now === kept || !flow.value || editor.fixed.value) return
    keeping.value = isKeepable(now) ? 'waiting' : 'lacking'
    timer = setTimeout(() => void flush(), PAUSE_MS)
  })
  onScopeDispose(() => clearTimeout(timer))

  return { flow, keeping, problem, take, flush, unsaved: computed(() => keeping.value !== 'kept') }
}
