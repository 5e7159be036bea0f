import { isFork, type Arm, type Definition, type FlowNode } from './model'
import { spotOf, within } from './tree'

export type Deed = 'added' | 'removed' | 'moved' | 'changed'

/** What became of one node, and in which respects it was changed. */
export interface Difference {
  id: string
  name: string
  type: FlowNode['type']
  deed: Deed
  aspects: string[]
}

/** Which settings people think of as one. */
const ASPECTS: Record<string, string> = {
  name: 'name', who: 'who', mode: 'mode', share: 'mode', rejects: 'mode', on_reject: 'reject', resume: 'reject', nobody: 'unusual', own: 'unusual', gone: 'unusual', again: 'unusual',
  timeout: 'timeout', comment: 'deciding', signature: 'deciding', may: 'deciding', fields: 'fields', outcome: 'outcome',
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

/** With the members of objects in one order, and without those that say nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const members = Object.entries(value).filter(([, one]) => one !== undefined && one !== null)
  return members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, sorted(one)])
}

function armAspects(before: readonly Arm[], after: readonly Arm[]): string[] {
  const order = (arms: readonly Arm[]): string[] => arms.map(({ id }) => id)
  const known = new Map(before.map((arm) => [arm.id, arm]))
  const common = after.flatMap((arm) => (known.has(arm.id) ? [[known.get(arm.id) as Arm, arm] as const] : []))
  return [
    ...(same(order(before), order(after)) ? [] : ['arms']),
    ...(common.some(([was, is]) => !same(was.when, is.when)) ? ['when'] : []),
    ...(common.some(([was, is]) => was.name !== is.name) ? ['name'] : []),
  ]
}

function aspectsOf(before: FlowNode, after: FlowNode): string[] {
  const [was, is] = [before, after] as unknown as [Record<string, unknown>, Record<string, unknown>]
  const plain = Object.keys(ASPECTS).filter((name) => !same(was[name], is[name])).map((name) => ASPECTS[name] as string)
  return [...new Set([...plain, ...(isFork(before) && isFork(after) ? armAspects(before.arms, after.arms) : [])])]
}

/** The longest part of a row of ids that stands in the same order in another. */
function inOrder(one: readonly string[], other: readonly string[]): Set<string> {
  const best: string[][][] = Array.from({ length: one.length + 1 }, () => Array.from({ length: other.length + 1 }, () => []))
  const at = (i: number, k: number): string[] => best[i]?.[k] ?? []
  one.forEach((id, i) => other.forEach((id2, k) => {
    const row = best[i + 1]
    if (row) row[k + 1] = id === id2 ? [...at(i, k), id] : at(i, k + 1).length >= at(i + 1, k).length ? at(i, k + 1) : at(i + 1, k)
  }))
  return new Set(at(one.length, other.length))
}

function placesOf(definition: Definition): Map<string | null, string[]> {
  const found = new Map<string | null, string[]>()
  for (const { id } of within(definition.nodes)) {
    const arm = spotOf(definition, id)?.arm ?? null
    found.set(arm, [...(found.get(arm) ?? []), id])
  }
  return found
}

function stayed(before: Definition, after: Definition): Set<string> {
  const [was, is] = [placesOf(before), placesOf(after)]
  return new Set([...is].flatMap(([arm, ids]) => [...inOrder(was.get(arm) ?? [], ids)]))
}

/** What was done to a flow between two definitions, from top to bottom; what is gone comes last. */
export function differences(before: Definition, after: Definition): Difference[] {
  const known = new Map(within(before.nodes).map((node) => [node.id, node]))
  const settled = stayed(before, after)
  const fresh = within(after.nodes).flatMap((node): Difference[] => {
    const { id, name, type } = node
    const was = known.get(id)
    known.delete(id)
    if (!was) return [{ id, name, type, deed: 'added', aspects: [] }]
    const aspects = aspectsOf(was, node)
    if (!settled.has(id)) return [{ id, name, type, deed: 'moved', aspects }]
    return aspects.length ? [{ id, name, type, deed: 'changed', aspects }] : []
  })
  return [...fresh, ...[...known.values()].map(({ id, name, type }): Difference => ({ id, name, type, deed: 'removed', aspects: [] }))]
}
