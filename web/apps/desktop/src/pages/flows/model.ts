import type { ConditionTree } from '@guanxi/domain'

/** What an administrator draws: a tree of sequences, read from top to bottom. At its end the approval is granted. */
export interface Definition {
  nodes: FlowNode[]
  /** May the submitter take it back: `undecided` until the first decision. */
  withdraw?: Withdraw
}

export const WITHDRAW = ['always', 'undecided', 'never'] as const
export type Withdraw = (typeof WITHDRAW)[number]

/** A rule that names people. */
export type Who =
  | { by: 'people'; ids: string[] }
  | { by: 'role'; id: string; within?: 'company' | 'department' }
  | { by: 'department-head'; id?: string | null }
  | { by: 'manager'; level: number }
  | { by: 'managers'; up_to: number }
  | { by: 'choice'; most?: number; ids?: string[]; role_id?: string | null; department_id?: string | null }
  | { by: 'owner' | 'collaborators' | 'submitter' }
  | { by: 'earlier'; node: string }

export const WHO = ['people', 'role', 'department-head', 'manager', 'managers', 'choice', 'owner', 'collaborators', 'earlier', 'submitter'] as const
export type WhoBy = (typeof WHO)[number]

/** What happens where a step has nobody who can decide; `ask`: the submitter decides after all. */
export type Fallback = { then: 'skip' | 'superior' | 'stop' | 'ask' } | { then: 'person'; id: string }
export const ELSEWHERE = ['superior', 'person', 'skip', 'stop'] as const
export const ONESELF = ['ask', ...ELSEWHERE] as const

export const MODES = ['any', 'all', 'share', 'sequence'] as const
export type Mode = (typeof MODES)[number]

export const UNITS = ['hours', 'days', 'working-hours', 'working-days'] as const
export interface Span {
  amount: number
  unit: (typeof UNITS)[number]
}
export const LATE = ['nothing', 'escalate', 'transfer', 'approve', 'reject'] as const
export interface Timeout extends Span {
  remind?: Span | null
  then: (typeof LATE)[number]
  to?: string | null
}

export type FieldRight = 'hidden' | 'read' | 'edit'
export const DEEDS = ['transfer', 'add', 'send_back', 'copy'] as const

interface Placed {
  id: string
  name: string
}

interface Asking extends Placed {
  who: Who[]
  nobody: Fallback
  own: Fallback
  gone: Fallback
  comment: 'optional' | 'required'
  signature: boolean
  may: Record<(typeof DEEDS)[number], boolean>
  resume: 'replay' | 'resume' | 'choose'
  timeout: Timeout | null
  fields: Record<string, FieldRight>
}

/** People decide. */
export interface ApproveNode extends Asking {
  type: 'approve'
  mode: Mode
  /** Per cent; only of mode `share`. */
  share?: number
  rejects: 'first' | 'decided'
  on_reject: 'end' | 'submitter' | { node: string }
  again: 'ask' | 'skip'
}

/** People do something and say that it is done. */
export interface HandleNode extends Asking {
  type: 'handle'
  mode: Exclude<Mode, 'share'>
}

export type AskingNode = ApproveNode | HandleNode

export interface CopyNode extends Placed {
  type: 'copy'
  who: Who[]
}

export interface Arm extends Placed {
  /** Only of branches; the last has none: otherwise. */
  when?: ConditionTree | null
  nodes: FlowNode[]
}

export interface ForkNode extends Placed {
  type: 'branch' | 'parallel'
  arms: Arm[]
}

export interface EndNode extends Placed {
  type: 'end'
  outcome: 'granted' | 'rejected'
}

export type FlowNode = AskingNode | CopyNode | ForkNode | EndNode
export type NodeType = FlowNode['type']

export const MOST_NODES = 100
export const MOST_ARMS = 10
export const DEEPEST = 6
export const MOST_RULES = 10
export const LONGEST_NAME = 60

export const isAsking = (node: FlowNode): node is AskingNode => node.type === 'approve' || node.type === 'handle'
export const isFork = (node: FlowNode): node is ForkNode => node.type === 'branch' || node.type === 'parallel'

/** How the words of several count; a chain of superiors goes up step by step, whatever else was said. */
export const modeOf = (node: AskingNode): Mode => (node.who.some(({ by }) => by === 'managers') ? 'sequence' : node.mode)
