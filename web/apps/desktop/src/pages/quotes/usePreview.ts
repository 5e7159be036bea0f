import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { answer, isAbort, newKey, once, Problem, type QuotePreview } from '@guanxi/client'
import { api } from '@/api'
import { lineFaults, linesOf, type QuoteValues } from './quoteForm'
import { parseDiscount } from './wording'

const WAIT_MS = 250

/** What the lines that are being written come to, as the server works it out; the last answer stays in sight meanwhile. */
export function usePreview(values: QuoteValues, quoteId: () => string | null): { preview: ShallowRef<QuotePreview | null>; problem: ShallowRef<Problem | null>; working: Ref<boolean>; stale: Ref<boolean> } {
  const preview = shallowRef<QuotePreview | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const working = ref(false)
  const stale = ref(false)
  let controller: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function work(): Promise<void> {
    const discount = parseDiscount(values.discount, values.currency)
    stale.value = discount === null || Object.keys(lineFaults(values)).length > 0
    if (stale.value || !discount) return
    controller?.abort()
    const mine = new AbortController()
    controller = mine
    working.value = true
    const body = { customer_id: values.customer_id, currency: values.currency, with_tax: values.with_tax, discount, lines: linesOf(values), quote_id: quoteId() }
    try {
      const found = await answer(api.POST('/api/v1/quote-previews', { body: body as never, signal: mine.signal, ...once(newKey()) }))
      if (controller !== mine) return
      preview.value = found as QuotePreview
      problem.value = null
    } catch (thrown) {
      if (controller !== mine || isAbort(thrown)) return
      problem.value = Problem.of(thrown)
      stale.value = true
    } finally {
      if (controller === mine) working.value = false
    }
  }

  watch(
    () => JSON.stringify([values.customer_id, values.currency, values.with_tax, values.discount, values.lines]),
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void work(), WAIT_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    controller?.abort()
  })
  return { preview, problem, working, stale }
}
