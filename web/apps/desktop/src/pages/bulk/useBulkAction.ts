import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { answer, newKey, once, Problem, type BulkActionIn, type Job } from '@guanxi/client'
import { api } from '@/api'
import { sendingKey } from '@/composables/sendingKey'
import { isUnderWay } from '../jobs/useJob'

const FIRST_LOOK_MS = 350
const PERIOD_MS = 1000

/** An action with many records: its job while it runs and until somebody has seen what was refused. */
export interface BulkRun {
  job: ShallowRef<Job | null>
  /** True while one is being sent. */
  sending: Ref<boolean>
  problem: ShallowRef<Problem | null>
  /** Rejects with a `Problem` when the server does not take it. */
  start: (body: BulkActionIn) => Promise<void>
  undo: (job: Job) => Promise<void>
  cancel: () => Promise<void>
  dismiss: () => void
}

/** `ended` runs when a job is over; with its answer true, nothing of it stays in sight. */
export function useBulkAction(ended: (job: Job) => boolean): BulkRun {
  const job = shallowRef<Job | null>(null)
  const sending = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const { keyFor, renew } = sendingKey()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function start(body: BulkActionIn): Promise<void> {
    if (sending.value) return
    sending.value = true
    try {
      follow(await answer(api.POST('/api/v1/bulk-actions', { body, ...once(keyFor(body)) })))
      renew()
    } finally {
      sending.value = false
    }
  }

  async function undo(former: Job): Promise<void> {
    await asked(() => answer(api.POST('/api/v1/jobs/{id}/undo', { params: { path: { id: former.id } }, ...once(newKey()) })))
  }

  async function cancel(): Promise<void> {
    const id = job.value?.id
    if (id) await asked(() => answer(api.POST('/api/v1/jobs/{id}/cancellation', { params: { path: { id } }, ...once(newKey()) })))
  }

  async function asked(call: () => Promise<Job>): Promise<void> {
    problem.value = null
    try {
      follow(await call())
    } catch (thrown) {
      problem.value = Problem.of(thrown)
    }
  }

  function follow(now: Job, pause = FIRST_LOOK_MS): void {
    clearTimeout(timer)
    job.value = now
    if (isUnderWay(now)) timer = setTimeout(() => void look(now.id), pause)
    else if (ended(now)) job.value = null
  }

  async function look(id: string): Promise<void> {
    try {
      follow(await answer(api.GET('/api/v1/jobs/{id}', { params: { path: { id } } })), PERIOD_MS)
    } catch {
      // Out of touch for a moment: the work goes on, and is asked for again.
      timer = setTimeout(() => void look(id), PERIOD_MS * 3)
    }
  }

  function dismiss(): void {
    clearTimeout(timer)
    job.value = null
    problem.value = null
  }

  onScopeDispose(() => clearTimeout(timer))
  return { job, sending, problem, start, undo, cancel, dismiss }
}
