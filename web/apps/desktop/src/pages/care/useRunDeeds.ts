import { answer, newKey, once, Problem, type CareRun } from '@guanxi/client'
import { ref, type Ref } from 'vue'
import { api } from '@/api'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'

type State = 'running' | 'paused' | 'ended'

/** What can be done with somebody's plan: let it stand still, go on or end, and leave a step out. */
export function useRunDeeds(changed: () => unknown): { busy: Ref<boolean>; move: (run: CareRun, state: State) => Promise<void>; skip: (step: CareRun['steps'][number]) => Promise<void> } {
  const feedback = useFeedback()
  const busy = ref(false)

  async function attempt(deed: () => Promise<unknown>): Promise<void> {
    if (busy.value) return
    busy.value = true
    try {
      await deed()
      await changed()
    } catch (thrown) {
      await feedback.ask({ title: t('care.deedFailed'), body: Problem.of(thrown).message, action: t('action.close') })
    } finally {
      busy.value = false
    }
  }

  async function move(run: CareRun, state: State): Promise<void> {
    if (state === 'ended' && !(await feedback.ask({ title: t('care.endTitle', { name: run.rule.name }), body: t('care.endText'), action: t('care.end'), danger: true }))) return
    await attempt(() => answer(api.POST('/api/v1/care-runs/{id}/state', { params: { path: { id: run.id } }, body: { state }, ...once(newKey()) })))
  }
  const skip = (step: CareRun['steps'][number]): Promise<void> => attempt(() => answer(api.POST('/api/v1/care-run-steps/{id}/skip', { params: { path: { id: step.id } }, ...once(newKey()) })))
  return { busy, move, skip }
}
