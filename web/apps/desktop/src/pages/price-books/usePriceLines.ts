import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { answer, ifMatch, Problem, type Page, type PriceBookDetail, type PriceLine, type UnpricedProduct } from '@guanxi/client'
import { api } from '@/api'
import { usePages, type Pages } from '@/composables/usePages'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'
import { addedEntry, bodyOf, cellAt, entriesOf, faultsOf, freshStep, signature, typedAmount, type Entry, type Faults, type Step } from './steps'

/** So many lines of a page, and so many products of one sending, as the server takes them. */
const PAGE = 200
const AT_ONCE = 200

export interface PriceLines {
  pages: Pages<PriceLine & { id: string }>
  entries: Ref<Entry[]>
  dirty: ComputedRef<Entry[]>
  faults: Ref<Faults>
  problem: Ref<Problem | null>
  saving: Ref<boolean>
  touch: (entry: Entry) => void
  add: (products: readonly UnpricedProduct[]) => void
  addStep: (entry: Entry) => Step
  removeStep: (entry: Entry, step: Step) => void
  putBack: (entry: Entry) => void
  discard: () => void
  save: () => Promise<boolean>
}

/** The prices of a book as they are read and typed: what was changed waits until all of it is saved at once. */
export function usePriceLines(book: Ref<PriceBookDetail | null>, q: Ref<string>, floors: () => boolean): PriceLines {
  const feedback = useFeedback()
  const entries = ref<Entry[]>([])
  const faults = ref<Faults>({})
  const problem = ref<Problem | null>(null)
  const saving = ref(false)
  /** The steps of changed products as they are kept. */
  const kept = new Map<string, Step[]>()
  const dirty = computed(() => entries.value.filter((entry) => entry.dirty))
  const currency = (): string => book.value?.currency ?? 'CNY'

  const pages = usePages<PriceLine & { id: string }, { id: string | undefined; q: string }>(
    () => ({ id: book.value?.id, q: q.value }),
    async ({ id, q: typed }, cursor, signal) => {
      if (!id) return { items: [], next_cursor: null }
      const query = { limit: PAGE, ...(typed ? { q: typed } : {}), ...(cursor ? { cursor } : {}) }
      const page = (await answer(api.GET('/api/v1/price-books/{id}/prices', { params: { path: { id }, query }, signal }))) as Page<PriceLine>
      return { ...page, items: page.items.map((line) => ({ ...line, id: `${line.product.id}:${line.from_quantity}` })) }
    },
  )

  watch(pages.items, (lines) => {
    const found = entriesOf(lines, currency())
    // The lines of the last product may go on on the next page.
    if (pages.more.value && found.length > 1) found.pop()
    const changed = new Map(dirty.value.map((entry) => [entry.id, entry]))
    const here = new Set(found.map(({ id }) => id))
    entries.value = [...dirty.value.filter(({ id }) => !here.has(id)), ...found.map((entry) => changed.get(entry.id) ?? entry)]
  })

  function touch(entry: Entry): void {
    entry.dirty = signature(entry.steps, currency()) !== entry.base
    faults.value = Object.fromEntries(Object.entries(faults.value).filter(([cell]) => !cell.startsWith(`${entry.id}:`)))
  }
  function keep(entry: Entry): void {
    if (!kept.has(entry.id)) kept.set(entry.id, entry.steps.map((step) => ({ ...step })))
  }
  function add(products: readonly UnpricedProduct[]): void {
    const there = new Map(entries.value.map((entry) => [entry.id, entry]))
    const fresh = products.filter(({ id }) => !there.has(id)).map((one) => addedEntry(one, currency()))
    entries.value = [...fresh, ...entries.value]
  }
  function addStep(entry: Entry): Step {
    keep(entry)
    const step = freshStep(entry.steps.at(-1)?.price || typedAmount(entry.list, currency()))
    entry.steps.push(step)
    touch(entry)
    return step
  }
  function removeStep(entry: Entry, step: Step): void {
    keep(entry)
    entry.steps = entry.steps.filter(({ key }) => key !== step.key)
    touch(entry)
    // What was only put in a moment ago leaves no trace.
    if (entry.steps.length === 0 && entry.base === '[]') entries.value = entries.value.filter(({ id }) => id !== entry.id)
  }
  function putBack(entry: Entry): void {
    entry.steps = (kept.get(entry.id) ?? []).map((step) => ({ ...step }))
    touch(entry)
  }
  function discard(): void {
    entries.value = []
    afresh()
  }
  function afresh(): void {
    for (const entry of entries.value) entry.dirty = false
    kept.clear()
    faults.value = {}
    problem.value = null
    void pages.reload()
  }

  async function send(sent: readonly Entry[]): Promise<void> {
    const id = book.value?.id ?? ''
    const products = sent.map((entry) => bodyOf(entry, currency(), floors()))
    book.value = await answer(api.PATCH('/api/v1/price-books/{id}/prices', { params: { path: { id } }, body: { products } as never, ...ifMatch(book.value?.version ?? 0) }))
    for (const entry of sent) entry.dirty = false
  }

  /** Saves all that was changed; whoever was overtaken is asked whether to go on. */
  async function save(): Promise<boolean> {
    const sent = [...dirty.value]
    faults.value = Object.assign({}, ...sent.map((entry) => faultsOf(entry, currency()))) as Faults
    if (saving.value || Object.keys(faults.value).length) return false
    saving.value = true
    problem.value = null
    let now: readonly Entry[] = []
    try {
      for (let from = 0; from < sent.length; from += AT_ONCE) await send((now = sent.slice(from, from + AT_ONCE)))
      feedback.toast(t('priceLines.saved', { n: sent.length }))
      afresh()
      return true
    } catch (thrown) {
      return await refused(Problem.of(thrown), now)
    } finally {
      saving.value = false
    }
  }

  async function refused(found: Problem, sent: readonly Entry[]): Promise<boolean> {
    if (found.status === 412 && found.current) {
      const sure = await feedback.ask({ title: t('priceLines.staleTitle'), body: t('priceLines.staleText', { n: dirty.value.length }), action: t('priceLines.staleSave') })
      book.value = found.current as unknown as PriceBookDetail
      saving.value = false
      return sure ? await save() : false
    }
    const placed = found.errors.map(({ field, message }) => [cellAt(field, sent), message] as const)
    faults.value = Object.fromEntries(placed.filter(([cell]) => cell !== null)) as Faults
    problem.value = placed.length && placed.every(([cell]) => cell !== null) ? null : found
    return false
  }

  return { pages, entries, dirty, faults, problem, saving, touch, add, addStep, removeStep, putBack, discard, save }
}

