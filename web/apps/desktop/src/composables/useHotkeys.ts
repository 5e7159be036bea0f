import { onMounted, onScopeDispose } from 'vue'

type Keys = Record<string, (event: KeyboardEvent) => void>

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

const isDialogOpen = (): boolean => [...document.querySelectorAll('[aria-modal="true"]')].some((dialog) => dialog.checkVisibility())

/**
 * Keys while the component is shown: `mod+k` (Ctrl or Cmd), `/`, `?`, `j`, `Escape`.
 * Plain letters rest while something is typed or a dialog is open; keys with `mod` and Escape always work.
 */
export function useHotkeys(keys: Keys): void {
  function onKey(event: KeyboardEvent): void {
    const mod = event.ctrlKey || event.metaKey
    const name = `${mod ? 'mod+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`
    const act = keys[name]
    if (!act || event.isComposing || event.defaultPrevented || event.altKey) return
    if (!mod && event.key !== 'Escape' && (isTyping(event.target) || isDialogOpen())) return
    act(event)
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onScopeDispose(() => document.removeEventListener('keydown', onKey))
}
