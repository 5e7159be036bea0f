import { onMounted, onScopeDispose, onUpdated, shallowRef, type Ref, type ShallowRef } from 'vue'

/**
 * Where the line lies that takes the ways of a fork together: from the first to the last that go on, and to the middle,
 * from where it goes on below. Null where none goes on.
 */
export function useJoin(arms: Readonly<Ref<HTMLElement | null>>, goesOn: (index: number) => boolean): ShallowRef<{ left: string; right: string } | null> {
  const join = shallowRef<{ left: string; right: string } | null>(null)

  function measure(): void {
    const { value: whole } = arms
    if (!whole) return
    const on = [...whole.querySelectorAll<HTMLElement>(':scope > section')].filter((_, index) => goesOn(index))
    const middles = on.map(({ offsetLeft, offsetWidth }) => (offsetLeft + offsetWidth / 2) / whole.offsetWidth)
    const [left, right] = [Math.min(0.5, ...middles), 1 - Math.max(0.5, ...middles)].map((part) => `${(part * 100).toFixed(3)}%`) as [string, string]
    if (middles.length === 0) join.value = null
    else if (join.value?.left !== left || join.value.right !== right) join.value = { left, right }
  }

  const observer = new ResizeObserver(measure)
  onMounted(() => {
    if (arms.value) observer.observe(arms.value)
    measure()
  })
  onUpdated(measure)
  onScopeDispose(() => observer.disconnect())
  return join
}
