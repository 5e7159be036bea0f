import { computed, type ComputedRef } from 'vue'
import { usePreferences } from '@/stores/preferences'
import { useSession } from '@/stores/session'
import type { Column } from './columns'

/** The columns in sight, and a switch for each; remembered per person and list in this browser. */
export function useColumns(name: string, columns: () => Column[]): { shown: ComputedRef<Column[]>; isShown: (column: Column) => boolean; toggle: (column: Column) => void } {
  const preferences = usePreferences()
  const key = `${useSession().who ?? ''}/${name}`
  // What is kept is the difference from the usual: a name for a hidden usual column or a shown extra one.
  const changed = computed(() => new Set(preferences.hiddenColumns[key] ?? []))
  const isShown = (column: Column): boolean => changed.value.has(column.key) === Boolean(column.extra)

  function toggle(column: Column): void {
    const next = new Set(changed.value)
    if (!next.delete(column.key)) next.add(column.key)
    preferences.hiddenColumns = { ...preferences.hiddenColumns, [key]: [...next] }
  }

  return { shown: computed(() => columns().filter((column) => column.fixed || isShown(column))), isShown, toggle }
}
