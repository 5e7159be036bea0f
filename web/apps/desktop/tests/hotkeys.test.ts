import { afterEach, describe, expect, it, vi } from 'vitest'
import { useHotkeys } from '@/composables/useHotkeys'
import { onStage } from './stage'

const press = (key: string, init: KeyboardEventInit = {}, target: Element = document.body): void => {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }))
}

describe('useHotkeys', () => {
  afterEach(() => document.body.replaceChildren())

  it('hears Ctrl and Cmd alike, and lets plain letters be typed', async () => {
    const search = vi.fn()
    const walk = vi.fn()
    const { wrapper } = await onStage(() => useHotkeys({ 'mod+k': search, j: walk }))
    const input = document.body.appendChild(document.createElement('input'))
    press('k', { ctrlKey: true })
    press('K', { metaKey: true }, input)
    press('j', {}, input)
    press('j')
    expect(search).toHaveBeenCalledTimes(2)
    expect(walk).toHaveBeenCalledTimes(1)
    wrapper.unmount()
    press('j')
    expect(walk).toHaveBeenCalledTimes(1)
  })

  it('ignores keys of an input method, and those another part has taken', async () => {
    const act = vi.fn()
    const { wrapper } = await onStage(() => useHotkeys({ Escape: act }))
    press('Escape', { isComposing: true })
    expect(act).not.toHaveBeenCalled()
    press('Escape')
    expect(act).toHaveBeenCalledTimes(1)
    wrapper.unmount()
  })
})
