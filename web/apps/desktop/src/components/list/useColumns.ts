import { computed, type ComputedRef } from 'vue'
import { shownView } from '@/composables/useViews'
import { usePreferences, type ColumnPlace } from '@/stores/preferences'
import { useSession } from '@/stores/session'
import type { Column } from './columns'

/** The columns in sight, in their order and widths, and what can be done with them. */
export interface UsedColumns {
  shown: ComputedRef<Column[]>
  hidden: ComputedRef<Column[]>
  /** Whether they are others than the view's, or than the usual ones where there is no view. */
  changed: ComputedRef<boolean>
  toggle: (column: Column) => void
  /** Puts a column before the one that stands at `to`. */
  move: (from: number, to: number) => void
  resize: (key: string, width: number | null) => void
  reset: () => void
  /** As views keep them. */
  places: () => ColumnPlace[]
}

/** The columns of a table; what is changed is remembered in this browser, per person, list and view. */
export function useColumns(name: string, columns: () => Column[]): UsedColumns {
  const preferences = usePreferences()
  const who = useSession().who ?? ''
  const key = computed(() => [who, name, shownView(name)?.id ?? ''].join('/'))
  const usual = computed<ColumnPlace[]>(() => columns().flatMap(({ key: column, fixed, extra }) => (fixed || !extra ? [{ name: column, width: null }] : [])))
  const base = computed<ColumnPlace[]>(() => {
    const kept = shownView(name)?.shown_columns ?? []
    return kept.length ? kept.map(({ name: column, width }) => ({ name: column, width: width ?? null })) : usual.value
  })
  const places = computed(() => preferences.columns[key.value] ?? base.value)

  const shown = computed(() => {
    const known = new Map(columns().map((column) => [column.key, column]))
    const found = places.value.flatMap(({ name: column, width }): Column[] => {
      const one = known.get(column)
      return one ? [width ? { ...one, kept: width } : one] : []
    })
    const missing = columns().filter((column) => column.fixed && !found.some((one) => one.key === column.key))
    const all = [...missing, ...found]
    // What stays at the edge while the rest is scrolled comes first.
    return [...all.filter(({ frozen }) => frozen), ...all.filter(({ frozen }) => !frozen)]
  })

  function keep(next: ColumnPlace[] | null): void {
    const others = Object.fromEntries(Object.entries(preferences.columns).filter(([one]) => one !== key.value))
    preferences.columns = next && JSON.stringify(next) !== JSON.stringify(base.value) ? { ...others, [key.value]: next } : others
  }
  const now = (): ColumnPlace[] => shown.value.map(({ key: column, kept }) => ({ name: column, width: kept ?? null }))

  return {
    shown,
    hidden: computed(() => columns().filter((column) => !shown.value.some(({ key: one }) => one === column.key))),
    changed: computed(() => preferences.columns[key.value] !== undefined),
    toggle: (column) => {
      const all = now()
      keep(all.some((place) => place.name === column.key) ? all.filter((place) => place.name !== column.key) : [...all, { name: column.key, width: null }])
    },
    move: (from, to) => {
      const all = now()
      const frozen = shown.value.filter((column) => column.frozen).length
      const [one] = all.splice(from, 1)
      if (!one || from < frozen) return
      all.splice(Math.max(frozen, to), 0, one)
      keep(all)
    },
    resize: (column, width) => keep(now().map((place) => (place.name === column ? { ...place, width } : place))),
    reset: () => keep(null),
    places: now,
  }
}
