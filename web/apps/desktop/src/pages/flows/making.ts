import { DEEPEST, isAsking, isFork, type Arm, type AskingNode, type Definition, type FlowNode, type NodeType } from './model'

/** What new nodes are called. */
export type Words = (kind: NodeType | 'condition' | 'otherwise' | 'lane', n: number) => string

/** An id that nothing in a flow has yet. */
export function freshId(taken: ReadonlySet<string>): string {
  for (;;) {
    const id = Math.random().toString(36).slice(2, 8).padEnd(6, '0')
    if (!taken.has(id)) return id
  }
}

const asking = (id: string, name: string): Omit<AskingNode, 'type' | 'mode'> => ({
  id,
  name,
  who: [{ by: 'manager', level: 1 }],
  nobody: { then: 'superior' },
  own: { then: 'superior' },
  gone: { then: 'superior' },
  comment: 'optional',
  signature: false,
  may: { transfer: true, add: true, send_back: true, copy: true },
  resume: 'choose',
  timeout: null,
  fields: {},
})

/** A new node with what most companies want; forks start with two ways. */
export function newNode(type: NodeType, taken: ReadonlySet<string>, words: Words): FlowNode {
  const used = new Set(taken)
  const next = (): string => {
    const id = freshId(used)
    used.add(id)
    return id
  }
  const arm = (name: string): Arm => ({ id: next(), name, nodes: [] })
  const placed = { id: next(), name: words(type, 1) }
  if (type === 'approve') return { type, ...asking(placed.id, placed.name), mode: 'any', rejects: 'first', on_reject: 'end', again: 'skip' }
  if (type === 'handle') return { type, ...asking(placed.id, placed.name), mode: 'any' }
  if (type === 'copy') return { type, ...placed, who: [{ by: 'department-head' }] }
  if (type === 'end') return { type, ...placed, outcome: 'rejected' }
  if (type === 'parallel') return { type, ...placed, arms: [arm(words('lane', 1)), arm(words('lane', 2))] }
  return { type, ...placed, arms: [{ ...arm(words('condition', 1)), when: null }, arm(words('otherwise', 1))] }
}

/** What may be put at a place: ends only where a branch's way ends, forks only while there is depth for their ways. */
export function possible({ depth, last, endable }: { depth: number; last: boolean; endable: boolean }): NodeType[] {
  const deeper: NodeType[] = depth < DEEPEST ? ['branch', 'parallel'] : []
  return ['approve', 'handle', 'copy', ...deeper, ...(last && endable ? (['end'] as const) : [])]
}

const UNSAID = {
  nobody: { then: 'stop' }, own: { then: 'superior' }, gone: { then: 'superior' }, comment: 'optional', signature: false,
  may: { transfer: true, add: true, send_back: true, copy: true }, resume: 'choose', timeout: null, fields: {}, mode: 'any',
}

/** A flow with every setting said, whoever wrote it: those left out are as the server takes them. */
export function filled(definition: Definition): Definition {
  const whole = (nodes: readonly FlowNode[]): FlowNode[] =>
    nodes.map((node) => {
      if (isFork(node)) return { ...node, arms: node.arms.map((arm) => ({ ...arm, nodes: whole(arm.nodes) })) }
      if (!isAsking(node)) return node
      const approving = node.type === 'approve' ? { rejects: 'first', on_reject: 'end', again: 'skip' } : {}
      return { ...UNSAID, ...approving, ...node, may: { ...UNSAID.may, ...node.may } } as FlowNode
    })
  return { ...definition, nodes: whole(definition.nodes) }
}
