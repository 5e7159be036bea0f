import { isAsking, isFork, MOST_ARMS, type Arm, type Definition, type FlowNode, type ForkNode } from './model'

/** A place between nodes: in a way of a fork, or in the main sequence (null), before the node of that index. */
export interface Spot {
  arm: string | null
  index: number
}

/** Nodes and all that stand in their ways, from top to bottom. */
export function within(nodes: readonly FlowNode[]): FlowNode[] {
  return nodes.flatMap((node) => [node, ...(isFork(node) ? node.arms.flatMap((arm) => within(arm.nodes)) : [])])
}

/** Every id that a flow uses, of nodes and of ways. */
export function idsOf(nodes: readonly FlowNode[]): Set<string> {
  return new Set(within(nodes).flatMap((node) => [node.id, ...(isFork(node) ? node.arms.map(({ id }) => id) : [])]))
}

export const find = (definition: Definition, id: string | null): FlowNode | null => within(definition.nodes).find((node) => node.id === id) ?? null

/** A way by its id, with the fork that it belongs to. */
export function findArm(definition: Definition, id: string | null): { arm: Arm; fork: ForkNode; index: number } | null {
  for (const fork of within(definition.nodes)) {
    const index = isFork(fork) ? fork.arms.findIndex((arm) => arm.id === id) : -1
    if (isFork(fork) && index >= 0) return { arm: fork.arms[index] as Arm, fork, index }
  }
  return null
}

/** The nodes of a sequence: of a way, or the main one. */
export const sequence = (definition: Definition, arm: string | null): FlowNode[] => (arm === null ? definition.nodes : (findArm(definition, arm)?.arm.nodes ?? []))

/** Where a node stands. */
export function spotOf(definition: Definition, id: string): Spot | null {
  const look = (nodes: readonly FlowNode[], arm: string | null): Spot | null => {
    const index = nodes.findIndex((node) => node.id === id)
    if (index >= 0) return { arm, index }
    for (const node of nodes) {
      for (const one of isFork(node) ? node.arms : []) {
        const found = look(one.nodes, one.id)
        if (found) return found
      }
    }
    return null
  }
  return look(definition.nodes, null)
}

/** The same flow with the sequences for which `change` has another answer. */
function rewritten(nodes: readonly FlowNode[], arm: string | null, change: (nodes: FlowNode[], arm: string | null) => FlowNode[]): FlowNode[] {
  const deep = nodes.map((node) => (isFork(node) ? { ...node, arms: node.arms.map((one) => ({ ...one, nodes: rewritten(one.nodes, one.id, change) })) } : node))
  return change(deep, arm)
}
const rewrite = (definition: Definition, change: (nodes: FlowNode[], arm: string | null) => FlowNode[]): Definition => ({ ...definition, nodes: rewritten(definition.nodes, null, change) })

/** Puts a node at a place. */
export function insert(definition: Definition, { arm, index }: Spot, node: FlowNode): Definition {
  return rewrite(definition, (nodes, here) => (here === arm ? nodes.toSpliced(index, 0, node) : nodes))
}

/** Takes a node out, with all that stands in its ways. */
export function remove(definition: Definition, id: string): Definition {
  return rewrite(definition, (nodes) => nodes.filter((node) => node.id !== id))
}

/** Puts another node in the place of one. */
export function replace(definition: Definition, id: string, change: (node: FlowNode) => FlowNode): Definition {
  return rewrite(definition, (nodes) => nodes.map((node) => (node.id === id ? change(node) : node)))
}

/** Takes a node to another place, as that was before the move; itself where it cannot go there. */
export function move(definition: Definition, id: string, to: Spot): Definition {
  const node = find(definition, id)
  const from = spotOf(definition, id)
  if (!node || !from || (to.arm !== null && idsOf([node]).has(to.arm))) return definition
  if (from.arm === to.arm && (to.index === from.index || to.index === from.index + 1)) return definition
  const index = from.arm === to.arm && to.index > from.index ? to.index - 1 : to.index
  return insert(remove(definition, id), { arm: to.arm, index }, node)
}

const reforked = (definition: Definition, id: string, change: (arms: Arm[]) => Arm[]): Definition => replace(definition, id, (node) => (isFork(node) ? { ...node, arms: change(node.arms) } : node))

/** Adds a way to a fork: in a branch before the last, which is taken otherwise. */
export function addArm(definition: Definition, forkId: string, arm: Arm): Definition {
  return reforked(definition, forkId, (arms) => {
    if (arms.length >= MOST_ARMS) return arms
    const isBranch = find(definition, forkId)?.type === 'branch'
    return arms.toSpliced(isBranch ? arms.length - 1 : arms.length, 0, arm)
  })
}

/** Takes a way out of a fork; of the last two, the other one takes the place of the fork. */
export function removeArm(definition: Definition, armId: string): Definition {
  const found = findArm(definition, armId)
  if (!found) return definition
  const others = found.fork.arms.filter(({ id }) => id !== armId)
  if (others.length > 1) return reforked(definition, found.fork.id, () => others)
  return rewrite(definition, (nodes) => nodes.flatMap((node) => (node.id === found.fork.id ? (others[0]?.nodes ?? []) : [node])))
}

/** Changes a way. */
export function replaceArm(definition: Definition, armId: string, change: (arm: Arm) => Arm): Definition {
  const found = findArm(definition, armId)
  return found ? reforked(definition, found.fork.id, (arms) => arms.map((arm) => (arm.id === armId ? change(arm) : arm))) : definition
}

/** Whether a way may go one step to the left (-1) or right: of a branch the last stays where it is. */
export function mayShift(definition: Definition, armId: string, step: -1 | 1): boolean {
  const found = findArm(definition, armId)
  if (!found) return false
  const free = found.fork.arms.length - (found.fork.type === 'branch' ? 1 : 0)
  return found.index < free && found.index + step >= 0 && found.index + step < free
}

/** Has a way and its neighbour change places. */
export function shiftArm(definition: Definition, armId: string, step: -1 | 1): Definition {
  const found = findArm(definition, armId)
  if (!found || !mayShift(definition, armId, step)) return definition
  return reforked(definition, found.fork.id, (arms) => arms.toSpliced(found.index, 1).toSpliced(found.index + step, 0, found.arm))
}

/** The nodes that are through when one is reached, if they lie on the way taken; the nearest first. */
export function before(definition: Definition, id: string): FlowNode[] {
  const spot = spotOf(definition, id)
  if (!spot) return []
  const above = sequence(definition, spot.arm).slice(0, spot.index)
  const holder = findArm(definition, spot.arm)
  return [...within(above).toReversed(), ...(holder ? [holder.fork, ...before(definition, holder.fork.id)] : [])]
}

/** Those of them that people were asked at. */
export const askedBefore = (definition: Definition, id: string): FlowNode[] => before(definition, id).filter(isAsking)

/** How many sequences lie around a place: 1 in the main one. */
export function depthOf(definition: Definition, arm: string | null): number {
  const found = findArm(definition, arm)
  return found ? 1 + depthOf(definition, spotOf(definition, found.fork.id)?.arm ?? null) : 1
}

/** Whether an end may stand in a sequence: in a way of a branch that lies in no parallel one. */
export function isEndable(definition: Definition, arm: string | null): boolean {
  const found = findArm(definition, arm)
  if (!found) return false
  const outer = spotOf(definition, found.fork.id)?.arm ?? null
  return found.fork.type === 'branch' && (outer === null || isEndable(definition, outer))
}

/** A copy of a node under new ids; what it refers to within itself, it refers to in the copy. */
export function copied(node: FlowNode, freshId: () => string): FlowNode {
  const renamed = new Map([...idsOf([node])].map((id) => [id, freshId()]))
  const text = JSON.stringify(node, (key, value: unknown) => ((key === 'id' || key === 'node') && typeof value === 'string' ? (renamed.get(value) ?? value) : value))
  return JSON.parse(text) as FlowNode
}
