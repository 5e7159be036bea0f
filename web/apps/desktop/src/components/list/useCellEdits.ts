import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { Problem } from '@guanxi/client'
import { comparable, factsOf, ownFields, type OwnField, type RecordKind } from '@guanxi/domain'
import type { List } from '@/composables/useList'
import { t } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'
import { changeOf, openColumns, type CellKind, type CellPlace, type CellRow, type CellValues } from './cells'

/** One change of one cell. */
export interface CellChange<T> {
  /** The row before, and what the server made of it. */
  former: T
  fresh: T
  /** The field as forms name it, and as people do. */
  path: string
  label: string
}

/** The cell of a list that is being edited, and the one way to send it. */
export interface CellEdits<T> {
  at: Ref<CellPlace | null>
  kind: ComputedRef<RecordKind | null>
  own: ComputedRef<OwnField[]>
  mayEdit: (row: T, key: string) => boolean
  /** Opens a cell, once what is being edited is saved. */
  open: (place: CellPlace) => Promise<void>
  close: () => void
  /** How the open cell is saved before another one opens. */
  settle: (save: () => Promise<boolean>) => void
  /** Sends one field; a change of other fields meanwhile is no obstacle. */
  send: (row: T, path: string, body: object) => Promise<{ former: T; fresh: T }>
  /** Shows a change, with a way back. */
  took: (change: CellChange<T>) => void
  /** Shows a row as it is by now. */
  show: (row: T) => void
}

/** How often one field is sent anew because others were changed meanwhile. */
const TRIES = 3

/** Editing the cells of a list in their places. */
export function useCellEdits<T extends CellRow, V extends CellValues>(list: () => List<T>, kind: () => RecordKind | null, cells: CellKind<T, V>): CellEdits<T> {
  const feedback = useFeedback()
  const at = ref<CellPlace | null>(null)
  const own = computed(() => ownFields(kind()))
  const known = computed(() => (kind() ? comparable(kind() as RecordKind) : new Set<string>()))
  /** By row, for as long as the description of the fields is the same. */
  const open = computed(() => ({ of: kind(), columns: new WeakMap<T, Set<string>>() }))
  let settle: (() => Promise<boolean>) | null = null

  function columnsOf(row: T): Set<string> {
    const { of, columns } = open.value
    const found = columns.get(row)
    if (found || !of) return found ?? new Set()
    const facts = (): ReturnType<typeof factsOf> => {
      const values = cells.values(row, own.value)
      return factsOf(own.value, cells.facts(values), values.custom)
    }
    const made = openColumns(row, of, cells, facts, known.value)
    columns.set(row, made)
    return made
  }

  const differs = (one: T, other: T, path: string): boolean => changeOf(cells.changes(cells.values(one, own.value), cells.values(other, own.value), own.value), path) !== null

  async function send(row: T, path: string, body: object): Promise<{ former: T; fresh: T }> {
    let former = row
    for (let tries = TRIES; ; tries--) {
      try {
        return { former, fresh: await cells.send(row.id, body, former.version) }
      } catch (thrown) {
        const { status, current } = Problem.of(thrown)
        if (status !== 412 || !current || tries <= 1 || differs(current as unknown as T, row, path)) throw thrown
        former = current as unknown as T
      }
    }
  }

  function show(row: T): void {
    const { items } = list()
    items.value = items.value.map((one) => (one.id === row.id ? { ...one, ...row } : one))
  }

  function took(change: CellChange<T>): void {
    show(change.fresh)
    feedback.toast(t('cells.saved', { name: change.fresh.name, field: change.label }), () => undo(change))
  }

  async function undo({ former, fresh, path, label }: CellChange<T>): Promise<void> {
    const body = changeOf(cells.changes(cells.values(former, own.value), cells.values(fresh, own.value), own.value), path)
    if (!body) return
    try {
      show((await send(fresh, path, body)).fresh)
      feedback.toast(t('cells.undone', { name: fresh.name, field: label }))
    } catch (thrown) {
      const problem = Problem.of(thrown)
      const who = problem.changedBy?.name
      await feedback.ask({ title: t('cells.notUndone', { name: fresh.name, field: label }), body: problem.status === 412 && who ? t('cells.changedBy', { who }) : problemText(problem), action: t('action.close') })
    }
  }

  return {
    at,
    kind: computed(kind),
    own,
    mayEdit: (row, key) => columnsOf(row).has(key),
    open: async (place) => {
      if (at.value && settle && !(await settle())) return
      at.value = place
    },
    close: () => {
      at.value = null
      settle = null
    },
    settle: (save) => (settle = save),
    send,
    took,
    show,
  }
}
