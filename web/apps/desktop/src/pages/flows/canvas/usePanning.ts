import { onScopeDispose, type Ref } from 'vue'

/** Lets one drag the ground of a canvas with the mouse; fingers and wheels scroll it as they scroll everything. */
export function usePanning(ground: Readonly<Ref<HTMLElement | null>>): { begin: (event: PointerEvent) => void } {
  let last: { x: number; y: number } | null = null

  function drag(event: PointerEvent): void {
    if (!last || !ground.value) return
    ground.value.scrollBy(last.x - event.clientX, last.y - event.clientY)
    last = { x: event.clientX, y: event.clientY }
  }

  function end(): void {
    last = null
    ground.value?.classList.remove('panning')
    removeEventListener('pointermove', drag)
    removeEventListener('pointerup', end)
  }

  function begin(event: PointerEvent): void {
    if (event.pointerType !== 'mouse' || event.button !== 0 || !(event.target instanceof HTMLElement) || event.target.closest('button')) return
    last = { x: event.clientX, y: event.clientY }
    ground.value?.classList.add('panning')
    addEventListener('pointermove', drag)
    addEventListener('pointerup', end)
  }

  onScopeDispose(end)
  return { begin }
}
