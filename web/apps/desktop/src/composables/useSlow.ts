import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** True once `busy` has been true for a while: what comes sooner needs no skeleton. */
export function useSlow(busy: Ref<boolean>, ms = 200): Ref<boolean> {
  const slow = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(
    busy,
    (now) => {
      clearTimeout(timer)
      if (!now) slow.value = false
      else timer = setTimeout(() => (slow.value = true), ms)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return slow
}
