import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import { answer, type Job } from '@guanxi/client'
import { api } from '@/api'
import { useResource, type Resource } from '@/composables/useResource'

const PERIOD_MS = 1000

/** The page of a list that jobs work on, by the kind of its records. */
export const listOf = <T extends string>(type: T): T extends 'activity' ? 'activities' : `${T}s` => (type === 'activity' ? 'activities' : `${type}s`) as never

/** True while a job may still change. */
export function isUnderWay(job: Pick<Job, 'state'>): boolean {
  return job.state === 'queued' || job.state === 'running'
}

/** True for kinds of jobs whose title alone does not say what they do: they have a word of their own. */
export function hasWord(kind: string): kind is 'import_check' | 'import_undo' | 'field-refresh' | 'owner-move' {
  return ['import_check', 'import_undo', 'field-refresh', 'owner-move'].includes(kind)
}

/** The share of a job that is done, in percent; null while nobody knows how much there is. */
export function percentOf(job: Pick<Job, 'done' | 'total' | 'state'>): number | null {
  if (job.state === 'succeeded') return 100
  if (!job.total) return null
  return Math.min(100, Math.floor((job.done / job.total) * 100))
}

/** Seconds until a running job is done, judged by its pace so far; null while that is a guess. */
export function secondsLeft(job: Pick<Job, 'done' | 'total' | 'started_at' | 'state'>, now = Date.now()): number | null {
  if (job.state !== 'running' || !job.total || !job.started_at || job.done < 100) return null
  const spent = (now - Date.parse(job.started_at)) / 1000
  return spent <= 0 ? null : Math.round((spent / job.done) * (job.total - job.done))
}

/** One job, asked for each second while it runs and the page is looked at. */
export function useJob(id: () => string | null): Resource<Job> & { underWay: ComputedRef<boolean>; finished: Ref<number> } {
  const resource = useResource(id, async (own, signal) => await answer(api.GET('/api/v1/jobs/{id}', { params: { path: { id: own } }, signal })))
  const underWay = computed(() => resource.data.value !== null && isUnderWay(resource.data.value))
  /** Counts how often a job was seen to end, so that the page can load its results. */
  const finished = ref(0)
  const timer = setInterval(() => {
    if (underWay.value && !document.hidden && !resource.loading.value) void resource.reload()
  }, PERIOD_MS)

  watch(underWay, (now, before) => {
    if (before && !now) finished.value += 1
  })
  onScopeDispose(() => clearInterval(timer))
  return { ...resource, underWay, finished }
}
