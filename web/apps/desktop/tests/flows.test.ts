import { describe, expect, it } from 'vitest'
import { differences } from '@/pages/flows/differences'
import { useHistory } from '@/pages/flows/history'
import { lacking } from '@/pages/flows/lacking'
import { filled, newNode, possible } from '@/pages/flows/making'
import type { ApproveNode, Definition, FlowNode, ForkNode } from '@/pages/flows/model'
import * as tree from '@/pages/flows/tree'

const approve = (id: string, more: Partial<ApproveNode> = {}): ApproveNode => ({ ...(newNode('approve', new Set(), () => id) as ApproveNode), id, name: id, ...more })
const fork = (type: ForkNode['type'], id: string, ...ways: FlowNode[][]): ForkNode => ({ id, name: id, type, arms: ways.map((nodes, i) => ({ id: `${id}${i}`, name: `${id}${i}`, nodes })) })

/** a, then (b | c, (d | e) | nothing), then f. */
const flow: Definition = { nodes: [approve('a'), fork('branch', 'x', [approve('b')], [approve('c'), fork('parallel', 'y', [approve('d')], [approve('e')])], []), approve('f')] }

/** A flow as short text. */
const told = (nodes: readonly FlowNode[]): string => nodes.map((node) => ('arms' in node ? `(${node.arms.map((arm) => told(arm.nodes)).join('|')})` : node.id)).join('')

describe('the tree of a flow', () => {
  it('finds nodes, ways and places', () => {
    expect(tree.within(flow.nodes).map(({ id }) => id)).toEqual(['a', 'x', 'b', 'c', 'y', 'd', 'e', 'f'])
    expect(tree.spotOf(flow, 'e')).toEqual({ arm: 'y1', index: 0 })
    expect(tree.findArm(flow, 'x2')?.fork.id).toBe('x')
    expect(tree.idsOf(flow.nodes).size).toBe(13)
    expect(tree.depthOf(flow, 'y1')).toBe(3)
  })

  it('puts nodes in, takes them out and puts others in their place', () => {
    expect(told(tree.insert(flow, { arm: 'x2', index: 0 }, approve('n')).nodes)).toBe('a(b|c(d|e)|n)f')
    expect(told(tree.insert(flow, { arm: null, index: 3 }, approve('n')).nodes)).toBe('a(b|c(d|e)|)fn')
    expect(told(tree.remove(flow, 'y').nodes)).toBe('a(b|c|)f')
    expect(tree.find(tree.replace(flow, 'd', (node) => ({ ...node, name: '财务' })), 'd')?.name).toBe('财务')
    expect(told(flow.nodes)).toBe('a(b|c(d|e)|)f')
  })

  it('moves nodes within a sequence and to another, but not into themselves', () => {
    expect(told(tree.move(flow, 'a', { arm: null, index: 3 }).nodes)).toBe('(b|c(d|e)|)fa')
    expect(told(tree.move(flow, 'f', { arm: null, index: 0 }).nodes)).toBe('fa(b|c(d|e)|)')
    expect(told(tree.move(flow, 'x', { arm: null, index: 0 }).nodes)).toBe('(b|c(d|e)|)af')
    expect(told(tree.move(flow, 'f', { arm: 'y0', index: 1 }).nodes)).toBe('a(b|c(df|e)|)')
    expect(tree.move(flow, 'x', { arm: 'y0', index: 0 })).toBe(flow)
    expect(tree.move(flow, 'a', { arm: null, index: 1 })).toBe(flow)
  })

  it('adds ways before the one taken otherwise, and closes a fork that has only one left', () => {
    const arm = { id: 'n', name: 'n', nodes: [approve('z')] }
    expect(told(tree.addArm(flow, 'x', arm).nodes)).toBe('a(b|c(d|e)|z|)f')
    expect(told(tree.addArm(flow, 'y', arm).nodes)).toBe('a(b|c(d|e|z)|)f')
    expect(told(tree.removeArm(flow, 'x0').nodes)).toBe('a(c(d|e)|)f')
    expect(told(tree.removeArm(flow, 'y0').nodes)).toBe('a(b|ce|)f')
  })

  it('orders the ways of a branch, the last of which stays', () => {
    expect(told(tree.shiftArm(flow, 'x0', 1).nodes)).toBe('a(c(d|e)|b|)f')
    expect(tree.shiftArm(flow, 'x1', 1)).toBe(flow)
    expect(tree.shiftArm(flow, 'x2', -1)).toBe(flow)
    expect(told(tree.shiftArm(flow, 'y1', -1).nodes)).toBe('a(b|c(e|d)|)f')
  })

  it('knows what comes before a node on its way', () => {
    expect(tree.askedBefore(flow, 'e').map(({ id }) => id)).toEqual(['c', 'a'])
    expect(tree.askedBefore(flow, 'f').map(({ id }) => id)).toEqual(['e', 'd', 'c', 'b', 'a'])
    expect(tree.askedBefore(flow, 'a')).toEqual([])
  })

  it('has ends only where a way of a branch ends, and forks only while there is room', () => {
    expect([null, 'x0', 'y0'].map((arm) => tree.isEndable(flow, arm))).toEqual([false, true, false])
    expect(possible({ depth: 1, last: true, endable: true })).toEqual(['approve', 'handle', 'copy', 'branch', 'parallel', 'end'])
    expect(possible({ depth: 6, last: false, endable: true })).toEqual(['approve', 'handle', 'copy'])
  })

  it('copies nodes under ids of their own', () => {
    let n = 0
    const copy = tree.copied(fork('parallel', 'p', [approve('q')], [approve('r', { who: [{ by: 'earlier', node: 'q' }, { by: 'role', id: 'role-1' }] })]), () => `new${(n += 1)}`)
    expect([...tree.idsOf([copy])].sort()).toEqual(['new1', 'new2', 'new3', 'new4', 'new5'])
    const last = (copy as ForkNode).arms[1]?.nodes[0] as ApproveNode
    expect(last.who).toEqual([{ by: 'earlier', node: (copy as ForkNode).arms[0]?.nodes[0]?.id }, { by: 'role', id: 'role-1' }])
  })
})

describe('new nodes', () => {
  it('have ids that nothing else has, and lack nothing', () => {
    for (const type of ['approve', 'handle', 'copy', 'branch', 'parallel', 'end'] as const) {
      const node = newNode(type, new Set(['a']), (kind, n) => `${kind} ${n}`)
      expect(tree.idsOf([node]).has('a')).toBe(false)
      expect(lacking({ nodes: [node] })).toEqual([])
    }
  })

  it('say what others leave unsaid', () => {
    const told = { id: 'a', type: 'approve', name: 'a', who: [{ by: 'submitter' }], may: { copy: false } } as unknown as FlowNode
    const [made] = filled({ nodes: [fork('branch', 'x', [told], [])] }).nodes as [ForkNode]
    expect(made.arms[0]?.nodes[0]).toEqual({
      ...approve('a'), who: [{ by: 'submitter' }], nobody: { then: 'stop' }, may: { transfer: true, add: true, send_back: true, copy: false },
    })
    expect(filled(flow)).toEqual(flow)
  })

  it('name what is still to be chosen', () => {
    const node = approve('a', { who: [{ by: 'people', ids: [] }, { by: 'role', id: '' }], nobody: { then: 'person', id: '' }, timeout: { amount: 2, unit: 'days', then: 'transfer' } })
    expect(lacking({ nodes: [node, { ...fork('branch', 'x', [], []), name: ' ' }] }).map(({ id, field, code }) => `${id} ${field} ${code}`)).toEqual([
      'a who.0 pick-people', 'a who.1 pick-role', 'a nobody pick-person', 'a timeout.to pick-person', 'x name name-empty',
    ])
  })
})

describe('the differences between two definitions', () => {
  const deeds = (after: Definition): string[] => differences(flow, after).map(({ id, deed, aspects }) => [deed, id, ...aspects].join(' '))

  it('are none between equal ones, whatever the order of their members', () => {
    const turned = JSON.parse(JSON.stringify(flow), (_key, value: unknown) => (value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value)) as Definition
    expect(differences(flow, turned)).toEqual([])
  })

  it('tell what came, went, moved and changed', () => {
    expect(deeds(tree.insert(flow, { arm: 'x2', index: 0 }, approve('n')))).toEqual(['added n'])
    expect(deeds(tree.remove(flow, 'b'))).toEqual(['removed b'])
    expect(deeds(tree.move(flow, 'f', { arm: null, index: 0 }))).toEqual(['moved f'])
    expect(deeds(tree.replace(flow, 'c', (node) => ({ ...(node as ApproveNode), mode: 'share', share: 60, signature: true })))).toEqual(['changed c mode deciding'])
    expect(deeds(tree.replaceArm(flow, 'x0', (arm) => ({ ...arm, when: { field: 'amount', op: 'gt', value: 1 } })))).toEqual(['changed x when'])
    expect(deeds(tree.shiftArm(flow, 'x0', 1))).toEqual(['changed x arms'])
  })
})

describe('the way back', () => {
  it('goes step by step, and takes letters of a word together', () => {
    let at = 0
    const { now, take, undo, redo, canUndo, canRedo } = useHistory('', () => at)
    take('a', 'name')
    at = 500
    take('ab', 'name')
    at = 5000
    take('abc', 'name')
    take('x')
    undo()
    expect(now.value).toBe('abc')
    undo()
    expect(now.value).toBe('ab')
    undo()
    expect([now.value, canUndo.value, canRedo.value]).toEqual(['', false, true])
    redo()
    take('new')
    expect([now.value, canRedo.value]).toEqual(['new', false])
  })
})
