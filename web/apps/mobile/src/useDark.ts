import { onScopeDispose, ref, type Ref } from 'vue'

/** Whether the page is painted dark, whoever decided it: the person or their system. */
export function useDark(): Ref<boolean> {
  const root = document.documentElement
  const dark = ref(root.classList.contains('dark'))
  const watcher = new MutationObserver(() => (dark.value = root.classList.contains('dark')))
  watcher.observe(root, { attributes: true, attributeFilter: ['class'] })
  onScopeDispose(() => watcher.disconnect())
  return dark
}
