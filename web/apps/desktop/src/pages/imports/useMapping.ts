import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { answer, ifMatch, newKey, Problem, type Import } from '@guanxi/client'
import { api } from '@/api'
import { columnState, hasNeeded, makesNew, waysOf, withColumn, type Columns, type ColumnState, type ImportRules, type Marks, type MatchWay } from './mapping'

type Column = Import['columns'][number]
type Values = Record<string, Record<string, string | null>>

/** What is decided about a file, kept on the server as it is decided. */
export interface MappingWork {
  columns: Ref<Columns>
  values: Ref<Values>
  /** What is done with those that are there already, by what they are recognised, and with those that are not there. */
  rules: Ref<ImportRules>
  /** By what customers can be recognised, as far as a column says it. */
  ways: ComputedRef<MatchWay[]>
  marks: Ref<Marks>
  stateOf: (column: Column) => ColumnState
  /** Columns by what they wait for. */
  waiting: ComputedRef<{ todo: Column[]; confirm: Column[]; values: Column[] }>
  nameMapped: ComputedRef<boolean>
  saving: Ref<boolean>
  problem: ShallowRef<Problem | null>
  /** True when somebody else, or another tab, had decided in the meantime and their state was loaded. */
  overtaken: Ref<boolean>
  choose: (column: Column, field: string | null) => void
  confirm: (column: Column) => void
  skipRest: () => void
  explain: (field: string, words: Record<string, string | null>) => void
  setRules: (change: Partial<ImportRules>) => void
  retry: () => void
  /** Resolves when everything decided so far is on the server; false if it could not be kept. */
  settled: () => Promise<boolean>
  /** Brings in another sheet of the workbook; its columns are matched anew. */
  chooseSheet: (name: string) => Promise<void>
  /** Reads the file with a mapping that was kept. */
  useKept: (id: string) => Promise<void>
}

const place = (id: string): string => `gx.import.${id}`

function keptMarks(id: string): Marks {
  const nothing: Marks = { skipped: [], confirmed: [] }
  const kept = localStorage.getItem(place(id))
  if (!kept) return nothing
  try {
    return { ...nothing, ...(JSON.parse(kept) as Partial<Marks>) }
  } catch {
    localStorage.removeItem(place(id))
    return nothing
  }
}

/** Forgets the marks of an import that is through. */
export function forgetMarks(id: string): void {
  localStorage.removeItem(place(id))
}

/** Works on the mapping of an import: every decision is sent at once, one call after the other. */
export function useMapping(wanted: ShallowRef<Import | null>): MappingWork {
  const columns = ref<Columns>({})
  const values = ref<Values>({})
  const rules = ref<ImportRules>({ match_by: 'name', on_duplicate: 'skip', on_missing: 'create' })
  const marks = ref<Marks>({ skipped: [], confirmed: [] })
  const saving = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const overtaken = ref(false)
  let flight: Promise<void> | null = null
  let changed = false

  const ways = computed(() => waysOf(Object.values(columns.value), wanted.value?.type))
  const nameMapped = computed(() => hasNeeded(Object.values(columns.value), wanted.value?.type) || !makesNew(rules.value))
  const stateOf = (column: Column): ColumnState => columnState(column, columns.value, marks.value, wanted.value?.unmapped_values ?? {})
  const waiting = computed(() => {
    const all = wanted.value?.columns ?? []
    const of = (state: ColumnState): Column[] => all.filter((column) => stateOf(column) === state)
    return { todo: of('todo'), confirm: of('confirm'), values: of('values') }
  })

  watch(
    () => wanted.value?.id,
    (id) => {
      if (!id || !wanted.value) return
      marks.value = keptMarks(id)
      take(wanted.value)
    },
    { immediate: true },
  )
  watch(marks, (now) => wanted.value && localStorage.setItem(place(wanted.value.id), JSON.stringify(now)))

  function take(found: Import): void {
    const { mapping } = found
    columns.value = Object.fromEntries(Object.entries(mapping.columns).filter((pair): pair is [string, string] => Boolean(pair[1])))
    values.value = JSON.parse(JSON.stringify(mapping.values)) as Values
    rules.value = { match_by: mapping.match_by, on_duplicate: mapping.on_duplicate, on_missing: mapping.on_missing }
  }

  function keep(): void {
    changed = true
    if (!ways.value.includes(rules.value.match_by)) rules.value = { ...rules.value, match_by: ways.value[0] ?? 'name' }
    // Without the column of the name the server has nothing to keep; the next decision brings this one along.
    if (nameMapped.value) flight ??= saveAll()
  }

  async function saveAll(): Promise<void> {
    saving.value = true
    try {
      while (changed) await save()
    } finally {
      saving.value = false
      flight = null
    }
  }

  async function save(): Promise<void> {
    const current = wanted.value
    if (!current) return
    changed = false
    try {
      const body = { columns: columns.value, values: values.value as Import['mapping']['values'], ...rules.value }
      const call = api.PUT('/api/v1/imports/{id}/mapping', { params: { path: { id: current.id } }, body, ...ifMatch(current.version, newKey()) })
      wanted.value = await answer(call)
      problem.value = null
    } catch (thrown) {
      await refused(Problem.of(thrown), current)
    }
  }

  async function refused(found: Problem, current: Import): Promise<void> {
    if (found.status !== 412 && found.code !== 'import-started') {
      problem.value = found
      return
    }
    wanted.value = await answer(api.GET('/api/v1/imports/{id}', { params: { path: { id: current.id } } }))
    take(wanted.value)
    changed = false
    overtaken.value = true
  }

  async function useKept(id: string): Promise<void> {
    await flight
    const current = wanted.value
    if (!current) return
    saving.value = true
    try {
      wanted.value = await answer(api.PUT('/api/v1/imports/{id}/used-mapping', { params: { path: { id: current.id } }, body: { mapping_id: id }, ...ifMatch(current.version, newKey()) }))
      marks.value = { skipped: [], confirmed: [] }
      take(wanted.value)
      problem.value = null
    } catch (thrown) {
      await refused(Problem.of(thrown), current)
    } finally {
      saving.value = false
    }
  }

  async function chooseSheet(name: string): Promise<void> {
    await flight
    const current = wanted.value
    if (!current || name === current.sheet) return
    saving.value = true
    try {
      wanted.value = await answer(api.PUT('/api/v1/imports/{id}/sheet', { params: { path: { id: current.id } }, body: { sheet: name }, ...ifMatch(current.version, newKey()) }))
      marks.value = { skipped: [], confirmed: [] }
      take(wanted.value)
      problem.value = null
    } catch (thrown) {
      await refused(Problem.of(thrown), current)
    } finally {
      saving.value = false
    }
  }

  function choose(column: Column, field: string | null): void {
    const { skipped, confirmed } = marks.value
    const others = skipped.filter((index) => index !== column.index)
    marks.value = { skipped: field ? others : [...others, column.index], confirmed: [...new Set([...confirmed, column.index])] }
    columns.value = withColumn(columns.value, column.index, field)
    const used = new Set(Object.values(columns.value))
    values.value = Object.fromEntries(Object.entries(values.value).filter(([name]) => used.has(name)))
    keep()
  }

  return {
    chooseSheet,
    useKept,
    columns, values, rules, ways, marks, stateOf, waiting, nameMapped, saving, problem, overtaken, choose,
    confirm: (column) => (marks.value = { ...marks.value, confirmed: [...marks.value.confirmed, column.index] }),
    skipRest: () => (marks.value = { ...marks.value, skipped: [...marks.value.skipped, ...waiting.value.todo.map(({ index }) => index)] }),
    explain: (field, words) => {
      values.value = { ...values.value, [field]: words }
      keep()
    },
    setRules: (change) => {
      rules.value = { ...rules.value, ...change }
      keep()
    },
    retry: keep,
    settled: async () => {
      await flight
      return problem.value === null
    },
  }
}
