import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { answer, Problem, type Activity } from '@guanxi/client'
import { api } from '@/api'
import type { List } from '@/composables/useList'
import { t } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'

/** Reading the follow-ups of a list one after the other; the list turns its pages along. */
export interface Reading {
  open: Ref<boolean>
  shown: ShallowRef<Activity | null>
  hasPrevious: ComputedRef<boolean>
  hasNext: ComputedRef<boolean>
  show: (activity: Activity) => void
  /** Opens one by its id, as an address names it. */
  find: (id: string) => Promise<void>
  step: (way: 1 | -1) => void
  /** Puts a changed one in the place of what it was. */
  put: (activity: Activity) => void
}

export function useReading(list: List<Activity>): Reading {
  const feedback = useFeedback()
  const open = ref(false)
  const shown = shallowRef<Activity | null>(null)
  const turning = ref<1 | -1 | 0>(0)
  const at = computed(() => list.items.value.findIndex(({ id }) => id === shown.value?.id))

  function show(activity: Activity): void {
    shown.value = activity
    open.value = true
  }

  async function find(id: string): Promise<void> {
    try {
      show(await answer(api.GET('/api/v1/activities/{id}', { params: { path: { id } } })))
    } catch (thrown) {
      const problem = Problem.of(thrown)
      const gone = problem.status === 404
      await feedback.ask({ title: t('activities.notFound'), body: gone ? t('activities.notFoundText') : problemText(problem), action: t('action.close') })
    }
  }

  function step(way: 1 | -1): void {
    if (turning.value || at.value < 0) return
    const near = list.items.value[at.value + way]
    if (near) return show(near)
    if (!(way > 0 ? list.hasNext.value : list.hasPrevious.value)) return
    turning.value = way
    if (way > 0) list.next()
    else list.previous()
  }

  function put(activity: Activity): void {
    if (shown.value?.id === activity.id) shown.value = activity
    list.items.value = list.items.value.map((one) => (one.id === activity.id ? activity : one))
  }

  watch(list.items, (items) => {
    const found = turning.value ? items.at(turning.value > 0 ? 0 : -1) : items.find(({ id }) => id === shown.value?.id)
    turning.value = 0
    if (found) shown.value = found
  })
  // A page that could not be turned leaves one where one was.
  watch(list.loading, (busy) => busy || (turning.value = 0))

  return {
    open,
    shown,
    hasPrevious: computed(() => at.value > 0 || (at.value === 0 && list.hasPrevious.value)),
    hasNext: computed(() => at.value >= 0 && (at.value < list.items.value.length - 1 || list.hasNext.value)),
    show,
    find,
    step,
    put,
  }
}
