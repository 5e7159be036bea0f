import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { Problem, type View, type ViewIn } from '@guanxi/client'
import { filterTree, type FilterCoding } from '@guanxi/domain'
import type { List } from '@/composables/useList'
import type { Views } from '@/composables/useViews'
import type { UsedColumns } from '@/components/list/useColumns'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'

type Content = Omit<ViewIn, 'name'>

/** What people do with the views of a list: keep what they see, take it back, put views in order. */
export interface ViewActions {
  changed: ComputedRef<boolean>
  /** What the list shows now, as a view keeps it. */
  content: () => Content
  busy: Ref<boolean>
  save: () => Promise<void>
  reset: () => Promise<void>
  duplicate: (view: View) => Content
  remove: (view: View) => Promise<void>
  shift: (view: View, step: number) => Promise<void>
  prefer: (view: View) => Promise<void>
}

/** The actions of a view bar. Failures are told where the person looks: in a question of their own. */
export function useViewActions<T>(views: Views, list: List<T>, columns: UsedColumns, coding: FilterCoding): ViewActions {
  const feedback = useFeedback()
  const busy = ref(false)

  const content = (): Content => ({
    filter: filterTree(list.conditions.value, coding, list.rest.value) as ViewIn['filter'],
    shown_columns: columns.places(),
    sort: list.sort.value ?? '',
  })

  async function carefully(act: () => Promise<unknown>): Promise<void> {
    if (busy.value) return
    busy.value = true
    try {
      await act()
    } catch (thrown) {
      const problem = Problem.of(thrown)
      await feedback.ask({ title: t('views.actionFailed', { detail: problem.detail || problem.title }), action: t('action.close') })
      await views.reload()
    } finally {
      busy.value = false
    }
  }

  async function store(view: View): Promise<View | null> {
    try {
      return await views.change(view, content())
    } catch (thrown) {
      if (Problem.of(thrown).status !== 412) throw thrown
      const kept = content()
      await views.reload()
      const newer = views.items.value.find(({ id }) => id === view.id)
      const goesAhead = newer && (await feedback.ask({ title: t('views.conflictTitle', { name: newer.name }), body: t('views.conflictBody'), action: t('views.overwrite') }))
      return goesAhead ? views.change(newer, kept) : null
    }
  }

  return {
    changed: computed(() => list.changed.value || columns.changed.value),
    content,
    busy,
    save: () =>
      carefully(async () => {
        const view = views.active.value
        const saved = view && (await store(view))
        if (!saved) return
        columns.reset()
        await views.open(saved.id)
        feedback.toast(t('views.saved', { name: saved.name }))
      }),
    reset: async () => {
      columns.reset()
      await views.open(views.active.value?.id ?? null)
    },
    duplicate: (view) => ({ filter: view.filter as ViewIn['filter'], shown_columns: view.shown_columns, sort: view.sort }),
    remove: (view) =>
      carefully(async () => {
        const wasActive = views.active.value?.id === view.id
        await views.remove(view)
        if (wasActive) await views.open(null)
        feedback.toast(t('views.removed', { name: view.name }), () => carefully(async () => (await views.restore(view), views.open(view.id))))
      }),
    shift: (view, step) =>
      carefully(async () => {
        const ids = views.items.value.map(({ id }) => id)
        const at = ids.indexOf(view.id)
        ids.splice(Math.max(0, at + step), 0, ...ids.splice(at, 1))
        await views.choose(ids, ownDefault(views))
      }),
    prefer: (view) => carefully(() => views.choose(views.items.value.map(({ id }) => id), views.defaultId.value === view.id ? null : view.id)),
  }
}

/** One's own default; what is only the company's is not chosen by being seen. */
function ownDefault(views: Views): string | null {
  const chosen = views.items.value.find(({ id }) => id === views.defaultId.value)
  return chosen && !chosen.is_default ? chosen.id : null
}
