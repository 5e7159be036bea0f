import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { answer, isAbort, newKey, once, Problem, type PaymentPreview } from '@guanxi/client'
import { api } from '@/api'

/** How much of a claim is written off against advances: all that can be, nothing, or a sum of one's own. */
export interface Offset {
  way: 'all' | 'none' | 'part'
  part: number | null
}

/** Whether what was said of a claim can be asked about. */
const isWhole = ({ way, part }: Offset): boolean => way !== 'part' || (part !== null && part >= 0)
const sumOf = ({ way, part }: Offset): number | null => (way === 'all' ? null : way === 'none' ? 0 : part)

/** What paying these claims comes to, asked anew whenever something else is to be written off. */
export function useOffsets(ids: () => readonly string[]): {
  offsets: Ref<Record<string, Offset>>
  preview: Ref<PaymentPreview | null>
  problem: Ref<Problem | null>
  settled: ComputedRef<boolean>
  reload: () => Promise<void>
} {
  const offsets = ref<Record<string, Offset>>({})
  const preview = ref<PaymentPreview | null>(null)
  const problem = ref<Problem | null>(null)
  const shown = ref('')
  let controller: AbortController | null = null
  const asked = computed(() => ids().map((id) => ({ id, write_off: sumOf(offsets.value[id] ?? { way: 'all', part: null }) })))
  const key = computed(() => JSON.stringify(asked.value))
  const whole = computed(() => Object.values(offsets.value).every(isWhole))

  async function reload(): Promise<void> {
    controller?.abort()
    if (asked.value.length === 0 || !whole.value) return
    const mine = (controller = new AbortController())
    const now = key.value
    try {
      preview.value = await answer(api.POST('/api/v1/expense-payment-previews', { body: { claims: asked.value }, signal: mine.signal, ...once(newKey()) }))
      problem.value = null
      shown.value = now
    } catch (thrown) {
      if (!isAbort(thrown)) problem.value = Problem.of(thrown)
    }
  }
  watch(
    () => ids().join(),
    () => {
      offsets.value = Object.fromEntries(ids().map((id) => [id, { way: 'all', part: null } satisfies Offset]))
      preview.value = null
      problem.value = null
      shown.value = ''
    },
    { immediate: true },
  )
  watch(key, () => void reload(), { immediate: true })
  return { offsets, preview, problem, reload, settled: computed(() => whole.value && shown.value === key.value) }
}
