import { computed, ref, watch, type ComputedRef, type Ref, type WritableComputedRef } from 'vue'
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

/** What the step asks for; a list does not know it beforehand, and hears it from the server. */
const ASKED = ['comment', 'signature'] as const
type AskedFor = (typeof ASKED)[number]

/** The words that go with a decision, and sending them once. */
export interface Saying {
  comment: WritableComputedRef<string>
  signature: Ref<string | null>
  error: Ref<string>
  /** Which of the two the error is about. */
  wrong: Ref<AskedFor | null>
  needs: ComputedRef<Record<AskedFor, boolean>>
  busy: Ref<boolean>
  send: () => Promise<Screen | null>
}

/** Who hears that something was overtaken; what was typed is kept. */
export function useSaying(what: () => ToSay | null, overtaken: (why: string) => void): Saying {
  const network = useNetwork()
  const key = sendingKey()
  const signature = ref<string | null>(null)
  const error = ref('')
  const wrong = ref<AskedFor | null>(null)
  const heard = ref<readonly AskedFor[]>([])
  const busy = ref(false)
  const needs = computed(() => {
    const now = what()
    const approves = now?.decision === 'approve'
    return {
      comment: now?.decision === 'reject' || now?.seat.comment_required === true || heard.value.includes('comment'),
      signature: approves && (now.seat.signature_required === true || heard.value.includes('signature')),
    }
  })
  const seatId = (): string => what()?.seat.id ?? ''
  const comment = computed({ get: () => remarks.get(seatId()) ?? '', set: (text: string) => void remarks.set(seatId(), text) })

  watch(what, () => {
    tell('')
    signature.value = null
    heard.value = []
  })
  watch([comment, signature], () => tell(''))

  function tell(text: string, about: AskedFor | null = null): void {
    error.value = text
    wrong.value = about
  }

  /** Tells what is still to be given, if anything is. */
  function lacks({ decision }: ToSay): boolean {
    if (needs.value.comment && !comment.value.trim()) tell(t(decision === 'reject' ? 'approvals.reasonEmpty' : 'approvals.commentEmpty'), 'comment')
    else if (needs.value.signature && !signature.value) tell(t('signature.empty'), 'signature')
    else tell('')
    return error.value !== ''
  }

  function refuse(problem: Problem): void {
    network.note(problem.status)
    const [first] = problem.errors
    const said = first?.message
    const about = ASKED.find((field) => field === first?.field) ?? null
    if (about) heard.value = [...heard.value, about]
    if (!said && OVERTAKEN.has(problem.status)) overtaken(problem.status === 412 ? t('approvals.overtaken') : t('approvals.overtakenBecause', { why: problemText(problem) }))
    else tell(about === 'comment' && !comment.value.trim() ? t('approvals.commentEmpty') : (said ?? problemText(problem)), about)
  }

  /** Sends it; the screen as it is then, or null where it was refused. */
  async function send(): Promise<Screen | null> {
    const now = what()
    if (!now || busy.value) return null
    if (lacks(now)) return null
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
  return { comment, signature, error, wrong, needs, busy, send }
}
