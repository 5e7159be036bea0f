import { nextTick, onScopeDispose, watch, type Ref } from 'vue'
import { useRoute } from 'vue-router'
import { onForget } from '@/forget'

const places = new Map<string, number>()

onForget(() => places.clear())

/** Brings a scrolled element back to where it stood when the same address is opened again by going back. */
export function useScrollMemory(element: Ref<HTMLElement | null>, ready: () => boolean): void {
  const route = useRoute()
  const path = route.path
  let address = route.fullPath

  function keep(): void {
    if (element.value) places.set(address, element.value.scrollTop)
  }

  async function restore(): Promise<void> {
    await nextTick()
    if (element.value) element.value.scrollTop = places.get(address) ?? 0
  }

  watch(
    element,
    (now, before) => {
      before?.removeEventListener('scroll', keep)
      now?.addEventListener('scroll', keep, { passive: true })
    },
    { immediate: true },
  )
  watch(
    () => [route.fullPath, ready(), element.value] as const,
    ([to, isReady]) => {
      if (route.path !== path) return
      address = to
      if (isReady) void restore()
    },
    { immediate: true },
  )
  onScopeDispose(() => element.value?.removeEventListener('scroll', keep))
}
