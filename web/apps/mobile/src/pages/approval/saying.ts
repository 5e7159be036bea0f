import { computed, ref, watch, type Ref, type WritableComputedRef } from 'vue'
import { answer, ifMatch, Problem, type Answer, type Body } from '@guanxi/client'
import { api } from '@/api'
import { sendingKey } from '@/composables/sendingKey'
import { t } from '@/i18n'
import { remarks } from '@/pages/approvals/remarks'
import { problemText } from '@/problemText'
import { useNetwork } from '@m/stores/network'

export type Screen = Answer<'/mobile/v1/approvals/{id}'>
type Sent = Body<'/mobile/v1/approval-seats/{id}/decision', 'post'>

/** What one is about to say, and on what. */
export interface ToSay {
  decision: 'approve' | 'reject'
  seat: { id: string; version: number; handles?: boolean; comment_required?: boolean; signature_required?: boolean }
  title: string
  /** What matters of it, repeated before one says yes. */
  sum: string
  submitter: string
}

/** Says what one has to say on one's seat, if it is still as one had it before one. */
export async function decide(seat: { id: string; version: number }, body: Sent, key: string): Promise<Screen> {
  return await answer(api.POST('/mobile/v1/approval-seats/{id}/decision', { params: { path: { id: seat.id } }, body, ...ifMatch(seat.version, key) }))
}

/** Statuses that say: it is not as it was when it was looked at. */
const OVERTAKEN = new Set([403, 404, 409, 412])

/** The words that go with a decision, and sending them once. */
export interface Saying {
  comment: WritableComputedRef<string>
  signature: Ref<string | null>
  error: Ref<string>
  busy: Ref<boolean>
  send: () => Promise<Screen | null>
}

/** Who hears that something was overtaken; what was typed is kept. */
export function useSaying(what: () => ToSay | null, overtaken: (why: string) => void): Saying {
  const network = useNetwork()
  const key = sendingKey()
  const signature = ref<string | null>(null)
  const error = ref('')
  const busy = ref(false)
  const seatId = (): string => what()?.seat.id ?? ''
  const comment = computed({ get: () => remarks.get(seatId()) ?? '', set: (text: string) => void remarks.set(seatId(), text) })

  watch(what, () => {
    error.value = ''
    signature.value = null
  })
  watch(comment, () => (error.value = ''))

  function lacking({ decision, seat }: ToSay): string {
    if (!comment.value.trim()) {
      if (decision === 'reject') return t('approvals.reasonEmpty')
      if (seat.comment_required) return t('approvals.commentEmpty')
    }
    return decision === 'approve' && seat.signature_required && !signature.value ? t('signature.empty') : ''
  }

  function refuse(problem: Problem): void {
    network.note(problem.status)
    const said = problem.errors[0]?.message
    if (!said && OVERTAKEN.has(problem.status)) overtaken(problem.status === 412 ? t('approvals.overtaken') : t('approvals.overtakenBecause', { why: problemText(problem) }))
    else error.value = said ?? problemText(problem)
  }

  /** Sends it; the screen as it is then, or null where it was refused. */
  async function send(): Promise<Screen | null> {
    const now = what()
    if (!now || busy.value) return null
    error.value = lacking(now)
    if (error.value) return null
    const body = { decision: now.decision, comment: comment.value.trim() || null, ...(signature.value ? { signature: signature.value } : {}) }
    busy.value = true
    try {
      const fresh = await decide(now.seat, body, key.keyFor({ seat: now.seat.id, ...body }))
      key.renew()
      network.note(200)
      remarks.delete(now.seat.id)
      return fresh
    } catch (thrown) {
      refuse(Problem.of(thrown))
      return null
    } finally {
      busy.value = false
    }
  }
  return { comment, signature, error, busy, send }
}
