import { computed, inject, provide, ref, shallowRef, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'
import { useHistory, type History } from './history'
import { lacking } from './lacking'
import { freshId, newNode, type Words } from './making'
import { isFork, MOST_NODES, type Arm, type Definition, type FlowNode, type NodeType } from './model'
import * as tree from './tree'
import type { Spot } from './tree'

/** Something wrong with a flow, at a node or a way of it (null: with the whole of it), in the reader's words. */
export interface Fault {
  id: string | null
  field: string
  text: string
}

/** What a trial came to at one node. */
export interface Trace {
  /** The way that was taken. */
  arm?: string
  people: { id: string; name: string; note: string }[]
  notes: string[]
}

/** A flow while it is drawn: what it says, what is chosen in it, and everything that can be done to it. */
export interface FlowEditor extends Pick<History<Definition>, 'undo' | 'redo' | 'canUndo' | 'canRedo' | 'reset'> {
  definition: History<Definition>['now']
  /** The id of the node or way shown beside the canvas; `start` for the flow itself. */
  selected: Ref<string | null>
  node: ComputedRef<FlowNode | null>
  arm: ComputedRef<ReturnType<typeof tree.findArm>>
  fixed: Readonly<Ref<boolean>>
  full: ComputedRef<boolean>
  /** What the server found when it was kept last. */
  found: ShallowRef<Fault[]>
  faults: ComputedRef<Fault[]>
  trace: ShallowRef<Map<string, Trace> | null>
  dragged: Ref<string | null>
  faultsOf: (id: string) => Fault[]
  change: (next: Definition, kind?: string) => void
  put: (id: string, patch: object, kind?: string) => void
  putArm: (id: string, patch: Partial<Arm>, kind?: string) => void
  add: (type: NodeType, spot: Spot) => string
  addArm: (forkId: string) => void
  duplicate: (id: string) => void
  remove: (id: string) => void
  mayDrop: (spot: Spot) => boolean
}

const EDITOR: InjectionKey<FlowEditor> = Symbol('flow editor')

const words: Words = (kind, n) => t(`flows.fresh.${kind}`, { number: n })

/** The editor around a part of the canvas or of what stands beside it. */
export function useFlowAround(): FlowEditor {
  const editor = inject(EDITOR)
  if (!editor) throw new Error('A part of a flow stands outside of its page')
  return editor
}

/** Holds a flow for the parts of a page; `fixed` while it is only shown. */
export function provideFlow(fixed: Readonly<Ref<boolean>>): FlowEditor {
  const feedback = useFeedback()
  const history = useHistory<Definition>({ nodes: [] })
  const { now: definition, take } = history
  const selected = ref<string | null>(null)
  const found = shallowRef<Fault[]>([])
  const trace = shallowRef<Map<string, Trace> | null>(null)
  const dragged = ref<string | null>(null)
  const ids = computed(() => tree.idsOf(definition.value.nodes))
  const lacks = computed(() => lacking(definition.value).map(({ id, field, code }): Fault => ({ id, field, text: t(`flows.lack.${code}`) })))
  const faults = computed(() => {
    const theirs = found.value.map(placed).filter(({ id }) => id === null || ids.value.has(id))
    return [...lacks.value, ...theirs.filter(({ id, field }) => !lacks.value.some((lack) => lack.id === id && field.startsWith(lack.field)))]
  })

  /** What the server says of a fork's second way, `arms.1.when`, is said of that way. */
  function placed(fault: Fault): Fault {
    const [, index, field] = /^arms\.(\d+)\.(.+)$/.exec(fault.field) ?? []
    const fork = tree.find(definition.value, fault.id)
    const arm = index !== undefined && fork && isFork(fork) ? fork.arms[Number(index)] : undefined
    return arm && field ? { ...fault, id: arm.id, field } : fault
  }

  function change(next: Definition, kind?: string): void {
    if (fixed.value) return
    trace.value = null
    take(next, kind)
    if (selected.value && selected.value !== 'start' && !tree.idsOf(next.nodes).has(selected.value)) selected.value = null
  }
  const put = (id: string, patch: object, kind?: string): void => change(tree.replace(definition.value, id, (node) => ({ ...node, ...patch }) as FlowNode), kind && `${id} ${kind}`)
  const putArm = (id: string, patch: Partial<Arm>, kind?: string): void => change(tree.replaceArm(definition.value, id, (arm) => ({ ...arm, ...patch })), kind && `${id} ${kind}`)

  function add(type: NodeType, spot: Spot): string {
    const node = newNode(type, ids.value, words)
    change(tree.insert(definition.value, spot, node))
    selected.value = node.id
    return node.id
  }

  function addArm(forkId: string): void {
    const fork = tree.find(definition.value, forkId)
    if (!fork || !isFork(fork)) return
    const isBranch = fork.type === 'branch'
    const n = fork.arms.length + (isBranch ? 0 : 1)
    const arm: Arm = { id: freshId(ids.value), name: words(isBranch ? 'condition' : 'lane', n), nodes: [], ...(isBranch ? { when: null } : {}) }
    change(tree.addArm(definition.value, forkId, arm))
    selected.value = arm.id
  }

  function duplicate(id: string): void {
    const node = tree.find(definition.value, id)
    const spot = tree.spotOf(definition.value, id)
    if (!node || !spot || node.type === 'end' || ids.value.size + tree.idsOf([node]).size > MOST_NODES) return
    const taken = new Set(ids.value)
    const copy = tree.copied(node, () => {
      const fresh = freshId(taken)
      taken.add(fresh)
      return fresh
    })
    change(tree.insert(definition.value, { ...spot, index: spot.index + 1 }, copy))
    selected.value = copy.id
  }

  function remove(id: string): void {
    const arm = tree.findArm(definition.value, id)
    const name = arm?.arm.name ?? tree.find(definition.value, id)?.name
    if (fixed.value || name === undefined) return
    change(arm ? tree.removeArm(definition.value, id) : tree.remove(definition.value, id))
    feedback.toast(t('flows.removed', { name }), history.undo)
  }

  /** Whether what is dragged may be let go there. */
  function mayDrop(spot: Spot): boolean {
    const node = dragged.value === null ? null : tree.find(definition.value, dragged.value)
    if (!node || tree.move(definition.value, node.id, spot) === definition.value) return false
    return node.type === 'end' ? tree.isEndable(definition.value, spot.arm) && spot.index === tree.sequence(definition.value, spot.arm).length : true
  }

  const editor: FlowEditor = {
    ...history, definition, selected, fixed, found, faults, trace, dragged, change, put, putArm, add, addArm, duplicate, remove, mayDrop,
    node: computed(() => tree.find(definition.value, selected.value)),
    arm: computed(() => tree.findArm(definition.value, selected.value)),
    full: computed(() => ids.value.size >= MOST_NODES - 2),
    faultsOf: (id) => faults.value.filter((fault) => fault.id === id),
  }
  provide(EDITOR, editor)
  return editor
}
