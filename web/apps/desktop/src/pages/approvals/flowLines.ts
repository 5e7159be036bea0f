import type { Approval, Ref } from '@guanxi/client'
import { t, tEnum } from '@/i18n'
import { isLate, spanText } from './wording'

/** What a line of the flow says at a glance. */
export type Mark = 'done' | 'no' | 'back' | 'now' | 'later' | 'gone' | 'copy' | 'stuck'

/** Somebody's part on the way, or a step that nobody had part in. */
export interface FlowLine {
  key: string
  who: string | null
  /** What they are asked as: the name of the step. */
  role: string
  mark: Mark
  /** What they said, or that it is their turn. */
  verdict: string
  at: string | null
  /** How long it took, or has been waiting. */
  span: string | null
  /** Why it is theirs, and in whose place. */
  notes: string[]
  comment: string | null
  /** Where what they signed by hand is shown. */
  signature: string | null
  late: boolean
  due: string | null
  /** It counts no more. */
  muted: boolean
}

type Step = Approval['steps'][number]
type Seat = Step['seats'][number]

const MARKS: Record<Seat['state'], Mark> = { waiting: 'later', open: 'now', approved: 'done', rejected: 'no', returned: 'back', transferred: 'gone', void: 'gone' }
const BY_ITSELF = new Set(['again', 'own', 'timeout'])
/** Why a seat is somebody's, as far as a reader cares. */
const SAID = new Set(['rerouted', 'away', 'gone', 'own', 'nobody', 'timeout', 'added'])

function verdictOf(step: Step, seat: Seat): string {
  if (seat.state === 'approved' && seat.why && BY_ITSELF.has(seat.why)) return tEnum('approvals.byItself', seat.why)
  if (seat.state === 'rejected' && seat.why === 'timeout') return t('approvals.byItself.rejected')
  if (seat.state === 'approved' && step.type === 'handle') return t('approvals.handled')
  if (seat.state === 'void') return tEnum('approvals.void', seat.why ?? 'decided')
  return tEnum('approvals.seat', seat.state)
}

const since = (from: string | null, to: string | number): string | null => (from ? spanText(new Date(to).getTime() - Date.parse(from)) : null)

function notesOf(seat: Seat): string[] {
  const notes = seat.stands_for ? [t('approvals.for', { name: seat.stands_for.name })] : []
  const why = seat.added ? 'added' : seat.why
  if (why && SAID.has(why) && seat.state !== 'void' && !(seat.state === 'approved' && BY_ITSELF.has(why))) notes.push(tEnum('approvals.seatWhy', why))
  return notes
}

function seatLine(step: Step, seat: Seat, isOver: boolean, now: number): FlowLine {
  const open = seat.state === 'open' && !isOver
  return {
    key: seat.id,
    who: seat.user?.name ?? t('value.someone'),
    role: step.name,
    mark: MARKS[seat.state],
    verdict: verdictOf(step, seat),
    at: seat.decided_at,
    span: open ? since(seat.opened_at, now) : seat.decided_at ? since(seat.opened_at, seat.decided_at) : null,
    notes: notesOf(seat),
    comment: seat.comment,
    signature: seat.signed ? `/api/v1/approval-seats/${seat.id}/signature` : null,
    late: open && isLate(step, now),
    due: open ? step.due_at : null,
    // Who sent it back is what one looks for there, though the step began anew.
    muted: seat.state === 'void' || (step.state === 'void' && seat.state !== 'returned'),
  }
}

const bare = (key: string, role: string, verdict: string, mark: Mark, at: string | null): FlowLine => ({ key, who: null, role, mark, verdict, at, span: null, notes: [], comment: null, signature: null, late: false, due: null, muted: false })

function stepLines(step: Step, isOver: boolean, now: number): FlowLine[] {
  // Whoever is asked first, added by one who now waits, stands above them.
  const inTurn = [...step.seats].sort((one, other) => Number(one.state === 'waiting') - Number(other.state === 'waiting'))
  if (inTurn.length) return inTurn.map((seat) => seatLine(step, seat, isOver, now))
  if (step.type === 'copy') return [bare(step.id, step.name, t('approvals.copied'), 'copy', step.ended_at ?? step.opened_at)]
  if (step.state === 'open') return [bare(step.id, step.name, t('approvals.stuckHere'), 'stuck', null)]
  return [{ ...bare(step.id, step.name, t('approvals.skipped'), 'gone', step.ended_at), muted: step.state === 'void' }]
}

/** The way an approval has come so far, line by line: each time it was submitted, and everybody's part. */
export function flowLines(approval: Pick<Approval, 'steps' | 'log' | 'state' | 'submitter'>, now = Date.now()): FlowLine[] {
  const isOver = approval.state !== 'running'
  const begun = approval.log
    .filter(({ action }) => action === 'submitted' || action === 'resubmitted')
    .map(({ id, at, action, by, comment }) => ({ at, lines: [{ ...bare(id, '', tEnum('approvals.begun', action), 'done', at), who: nameOf(by, approval.submitter), comment }] }))
  const walked = approval.steps.map((step) => ({ at: step.opened_at, lines: stepLines(step, isOver, now) }))
  // A submission and its first step bear the same moment: it was submitted first.
  return [...begun, ...walked].sort((one, other) => Date.parse(one.at) - Date.parse(other.at)).flatMap(({ lines }) => lines)
}

const nameOf = (person: Ref | null, otherwise: Ref): string => (person ?? otherwise).name
