import { ref, type Ref } from 'vue'
import type { Problem } from '@guanxi/client'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'

interface Deeds {
  /** Saves what is written; and submits it, if that is what was asked for. */
  send: (submitting: boolean) => Promise<void>
  /** The question whether to go on, when somebody has changed it meanwhile. */
  stale: (who: string) => string
  /** Goes on from what it is by now. */
  takeOver: (current: Problem['current']) => void
}

/** Sends what is written once at a time; whoever goes on over somebody's change does again what they had begun, saving or submitting. */
export function useSending({ send: deed, stale, takeOver }: Deeds): {
  sending: Ref<boolean>
  send: (submitting?: boolean) => Promise<void>
  /** Whether a refusal was that of somebody who was overtaken, who has then been asked. */
  overtaken: (found: Problem) => Promise<boolean>
} {
  const feedback = useFeedback()
  // Submitting follows saving: until both are over, nothing is sent again.
  const sending = ref(false)
  let meant = false

  async function send(submitting = false): Promise<void> {
    if (sending.value) return
    sending.value = true
    meant = submitting
    try {
      await deed(submitting)
    } finally {
      sending.value = false
    }
  }
  async function overtaken(found: Problem): Promise<boolean> {
    if (found.status !== 412) return false
    const sure = await feedback.ask({ title: stale(found.changedBy?.name ?? t('conflict.someone')), body: t('expenses.staleText'), action: t('expenses.staleSave') })
    if (!sure) return true
    takeOver(found.current)
    // Not before this sending is over.
    setTimeout(() => void send(meant))
    return true
  }
  return { sending, send, overtaken }
}
