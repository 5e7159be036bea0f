let isDown = false
const options = { capture: true, passive: true }
addEventListener('pointerdown', () => (isDown = true), options)
addEventListener('pointerup', () => (isDown = false), options)
addEventListener('pointercancel', () => (isDown = false), options)

/** Acts now or, while a button of the mouse is held, once it was let go: what moves away under a press loses its click. */
export function afterPress(act: () => void): void {
  if (!isDown) return act()
  const lifted = new AbortController()
  const later = (): void => {
    lifted.abort()
    // The click follows the pointer's rise within the same turn.
    setTimeout(act)
  }
  addEventListener('pointerup', later, { ...options, signal: lifted.signal })
  addEventListener('pointercancel', later, { ...options, signal: lifted.signal })
}
