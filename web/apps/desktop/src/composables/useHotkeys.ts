import { onMounted, onScopeDispose } from 'vue'

type Keys = Record<string, (event: KeyboardEvent) => void>

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

const openDialogs = (): number => [...document.querySelectorAll('[aria-modal="true"]')].filter((dialog) => dialog.checkVisibility()).length

/**
 * Keys while the component is shown: `mod+k` (Ctrl or Cmd), `/`, `?`, `j`, `Escape`.
 * Plain letters rest while something is typed or a dialog is open (`inDialog`: another one than that in which the
 * component stands); keys with `mod` and Escape always work.
 */
export function useHotkeys(keys: Keys, { inDialog = false }: { inDialog?: boolean } = {}): void {
  function onKey(event: KeyboardEvent): void {
    const mod = event.ctrlKey || event.metaKey
    const name = `${mod ? 'mod+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`
    const act = keys[name]
    if (!act || event.isComposing || event.defaultPrevented || event.altKey) return
    if (!mod && event.key !== 'Escape' && (isTyping(event.target) || openDialogs() > (inDialog ? 1 : 0))) return
    act(event)
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onScopeDispose(() => document.removeEventListener('keydown', onKey))
}
