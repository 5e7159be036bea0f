import { isWhole } from '@guanxi/domain'
import { isAsking, isFork, type Arm, type Definition, type Fallback, type FlowNode, type Who } from './model'
import { within } from './tree'

/** Something that is not filled in yet. */
export interface Lack {
  /** The node or way. */
  id: string
  /** As the server names places: `who.0`, `nobody`, `timeout.to`. */
  field: string
  code: 'pick-people' | 'pick-role' | 'pick-node' | 'pick-person' | 'name-empty' | 'when-unfinished'
}

function ofRule(rule: Who): Lack['code'] | null {
  if (rule.by === 'people' && rule.ids.length === 0) return 'pick-people'
  if (rule.by === 'role' && !rule.id) return 'pick-role'
  return rule.by === 'earlier' && !rule.node ? 'pick-node' : null
}
const ofFallback = (fallback: Fallback): Lack['code'] | null => (fallback.then === 'person' && !fallback.id ? 'pick-person' : null)

function ofNode(node: FlowNode): [string, Lack['code'] | null][] {
  if (isFork(node)) return []
  const rules = node.type === 'end' ? [] : node.who.map((rule, i): [string, Lack['code'] | null] => [`who.${i}`, ofRule(rule)])
  if (!isAsking(node)) return rules
  return [
    ...rules,
    ...(['nobody', 'own', 'gone'] as const).map((name): [string, Lack['code'] | null] => [name, ofFallback(node[name])]),
    ['timeout.to', node.timeout?.then === 'transfer' && !node.timeout.to ? 'pick-person' : null],
    ['on_reject.node', node.type === 'approve' && typeof node.on_reject === 'object' && !node.on_reject.node ? 'pick-node' : null],
  ]
}

function ofArm({ id, name, when }: Arm): Lack[] {
  return [...(name.trim() ? [] : [{ id, field: 'name', code: 'name-empty' } as const]), ...(!when || isWhole(when) ? [] : [{ id, field: 'when', code: 'when-unfinished' } as const])]
}

/** What is still to be filled in or chosen. */
export function lacking(definition: Definition): Lack[] {
  return within(definition.nodes).flatMap((node) => {
    const arms = isFork(node) ? node.arms.flatMap(ofArm) : []
    const own = ofNode(node).flatMap(([field, code]): Lack[] => (code ? [{ id: node.id, field, code }] : []))
    return [...(node.name.trim() ? [] : [{ id: node.id, field: 'name', code: 'name-empty' } as const]), ...own, ...arms]
  })
}

/** Whether what is drawn can be kept as it is: of conditions, halves can. */
export const isKeepable = (definition: Definition): boolean => lacking(definition).every(({ code }) => code === 'when-unfinished')
