import { nextTick, type Ref } from 'vue'
import { isFork } from '../model'
import { find, findArm, mayShift, move, sequence, shiftArm, spotOf } from '../tree'
import type { FlowEditor } from '../useFlowEditor'

/** The keys of the canvas. */
export interface CanvasKeys {
  onKey: (event: KeyboardEvent) => void
  focusOn: (id: string | null) => Promise<void>
}

/** Walking from node to node, taking away, moving and copying by keys. */
export function useCanvasKeys(editor: FlowEditor, ground: Readonly<Ref<HTMLElement | null>>): CanvasKeys {
  const cards = (): HTMLElement[] => [...(ground.value?.querySelectorAll<HTMLElement>('[data-node]') ?? [])]

  async function focusOn(id: string | null): Promise<void> {
    await nextTick()
    cards().find(({ dataset }) => dataset.node === id)?.focus()
  }

  function walk(from: HTMLElement, step: number): void {
    const all = cards()
    all[Math.min(all.length - 1, Math.max(0, all.indexOf(from) + step))]?.focus()
  }

  /** To the way beside, from wherever one stands in a way. */
  function aside(id: string, step: number): void {
    const holder = findArm(editor.definition.value, id) ?? findArm(editor.definition.value, spotOf(editor.definition.value, id)?.arm ?? null)
    const beside = holder?.fork.arms[holder.index + step]
    if (beside) void focusOn(beside.id)
  }

  function shift(id: string, step: -1 | 1, sideways: boolean): void {
    const { value: definition } = editor.definition
    const spot = spotOf(definition, id)
    if (sideways && findArm(definition, id) && mayShift(definition, id, step)) editor.change(shiftArm(definition, id, step))
    else if (!sideways && spot) {
      const to = spot.index + (step === 1 ? 2 : -1)
      if (to < 0 || to > sequence(definition, spot.arm).length) return
      editor.change(move(definition, id, { arm: spot.arm, index: to }))
    } else return
    void focusOn(id)
  }

  function takeAway(id: string): void {
    const all = cards().map(({ dataset }) => dataset.node ?? null)
    const node = find(editor.definition.value, id)
    if (!node && !findArm(editor.definition.value, id)) return
    editor.remove(id)
    const inside = node && isFork(node)
    void focusOn(inside ? 'start' : (all[all.indexOf(id) - 1] ?? 'start'))
  }

  const arrows: Record<string, [number, boolean]> = { ArrowDown: [1, false], ArrowUp: [-1, false], ArrowRight: [1, true], ArrowLeft: [-1, true] }
  function onKey(event: KeyboardEvent): void {
    const card = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-node]') : null
    const id = card?.dataset.node
    if (!card || !id) return
    const arrow = arrows[event.key]
    if (arrow) {
      const [step, sideways] = arrow
      if (event.altKey) shift(id, step as -1 | 1, sideways)
      else if (sideways) aside(id, step)
      else walk(card, step)
    } else if (event.key === 'Delete' || event.key === 'Backspace') takeAway(id)
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'd') editor.duplicate(id)
    else return
    event.preventDefault()
  }
  return { onKey, focusOn }
}
