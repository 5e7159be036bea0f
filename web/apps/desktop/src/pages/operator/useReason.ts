import { ref, type Ref } from 'vue'
import { Problem } from '@guanxi/client'
import { problemText } from '@/problemText'
import { t } from '@/i18n'

/** What is to be done, why, and whether it goes on. */
export interface Reasoned<T> {
  wanted: Ref<T | null>
  reason: Ref<string>
  refusal: Ref<string>
  busy: Ref<boolean>
  begin: (what: T) => void
  go: () => Promise<void>
  stop: () => void
}

/** A deed that needs a reason: asked for, done once, and why not if it was refused. */
export function useReason<T>(deed: (wanted: T, reason: string) => Promise<void>): Reasoned<T> {
  const wanted = ref<T | null>(null) as Ref<T | null>
  const reason = ref('')
  const refusal = ref('')
  const busy = ref(false)
  function begin(what: T): void {
    wanted.value = what
    reason.value = refusal.value = ''
  }
  async function go(): Promise<void> {
    if (busy.value || wanted.value === null) return
    if (!reason.value.trim()) return void (refusal.value = t('operator.reasonEmpty'))
    busy.value = true
    try {
      await deed(wanted.value, reason.value.trim())
      wanted.value = null
    } catch (thrown) {
      refusal.value = problemText(Problem.of(thrown))
    } finally {
      busy.value = false
    }
  }
  return { wanted, reason, refusal, busy, begin, go, stop: () => void (wanted.value = null) }
}
