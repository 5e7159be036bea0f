import { answer, ifMatch, once, type Approval, type ApprovalDecision } from '@guanxi/client'
import { api } from '@/api'

type OwnSeat = NonNullable<Approval['seat']>
type Sent = Promise<Approval>

/** Says what one has to say on one's seat, if it is still as one had it before one. */
export const decide = (seat: Pick<OwnSeat, 'id' | 'version'>, body: ApprovalDecision, key: string): Sent =>
  answer(api.POST('/api/v1/approval-seats/{id}/decision', { params: { path: { id: seat.id } }, body, ...ifMatch(seat.version, key) }))

/** What can be done with an approval besides saying yes or no, each by a form of its own. */
export const DEEDS = ['send-back', 'transfer', 'before', 'after', 'copy', 'withdraw', 'resubmit', 'reroute', 'end'] as const
export type Deed = (typeof DEEDS)[number]

/** What the form of a deed asks for. */
export interface Asked {
  people: 'one' | 'many' | null
  comment: 'required' | 'optional' | null
  danger?: boolean
}

export const ASKED: Record<Deed, Asked> = {
  'send-back': { people: null, comment: 'required' },
  transfer: { people: 'one', comment: 'optional' },
  before: { people: 'many', comment: 'optional' },
  after: { people: 'many', comment: 'optional' },
  copy: { people: 'many', comment: null },
  withdraw: { people: null, comment: 'optional', danger: true },
  resubmit: { people: null, comment: 'optional' },
  reroute: { people: 'many', comment: 'required' },
  end: { people: null, comment: 'required', danger: true },
}

/** What a form of a deed holds. */
export interface DeedValues {
  user_ids: string[]
  comment: string
  /** Who decides instead, or the step it goes back to: empty for whoever submitted it. */
  to: string
  /** Whether those between, who have agreed, are asked again. */
  again: 'replay' | 'resume'
  /** The open step at which an administrator says who decides. */
  step: string
}

const said = (comment: string): string | null => comment.trim() || null

/** Does it; the answer is the approval as it is then. */
export function carryOut(deed: Deed, approval: Pick<Approval, 'id' | 'seat'>, values: DeedValues, key: string): Sent {
  const path = { id: approval.id }
  const comment = said(values.comment)
  const { user_ids } = values
  switch (deed) {
    case 'copy':
      return answer(api.POST('/api/v1/approvals/{id}/copies', { params: { path }, body: { user_ids }, ...once(key) }))
    case 'withdraw':
      return answer(api.POST('/api/v1/approvals/{id}/withdrawal', { params: { path }, body: { comment }, ...once(key) }))
    case 'resubmit':
      return answer(api.POST('/api/v1/approvals/{id}/resubmission', { params: { path }, body: { comment }, ...once(key) }))
    case 'end':
      return answer(api.POST('/api/v1/approvals/{id}/ending', { params: { path }, body: { comment: comment ?? '' }, ...once(key) }))
    case 'reroute':
      return answer(api.POST('/api/v1/approval-steps/{id}/rerouting', { params: { path: { id: values.step } }, body: { user_ids, comment: comment ?? '' }, ...once(key) }))
    default:
      return onSeat(deed, approval, values, key)
  }
}

function onSeat(deed: 'send-back' | 'transfer' | 'before' | 'after', approval: Pick<Approval, 'seat'>, values: DeedValues, key: string): Sent {
  const { seat } = approval
  if (!seat) throw new Error('only whoever is asked can do this')
  const comment = said(values.comment)
  if (deed === 'send-back') {
    const resume = seat.resume === 'choose' ? values.again === 'resume' : null
    return decide(seat, { decision: 'send-back', comment, to: values.to || null, resume }, key)
  }
  const call = { params: { path: { id: seat.id } }, ...ifMatch(seat.version, key) }
  if (deed === 'transfer') return answer(api.POST('/api/v1/approval-seats/{id}/transfer', { ...call, body: { to: values.to, comment } }))
  return answer(api.POST('/api/v1/approval-seats/{id}/addition', { ...call, body: { user_ids: values.user_ids, when: deed, comment } }))
}

/** Reminds those whose turn it is. */
export const nudge = (approval: Pick<Approval, 'id'>, key: string): Sent =>
  answer(api.POST('/api/v1/approvals/{id}/nudge', { params: { path: { id: approval.id } }, body: {}, ...once(key) }))
