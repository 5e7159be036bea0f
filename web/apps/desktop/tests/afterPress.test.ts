import { describe, expect, it, vi } from 'vitest'
import { afterPress } from '@/composables/afterPress'

describe('acting after a press', () => {
  it('acts at once when nothing is pressed', () => {
    const act = vi.fn()
    afterPress(act)
    expect(act).toHaveBeenCalledOnce()
  })

  it('waits for the click that a press becomes, and acts once', async () => {
    vi.useFakeTimers()
    const order: string[] = []
    window.dispatchEvent(new Event('pointerdown'))
    afterPress(() => order.push('check'))
    window.dispatchEvent(new Event('pointerup'))
    order.push('click')
    await vi.runAllTimersAsync()
    window.dispatchEvent(new Event('pointerup'))
    await vi.runAllTimersAsync()
    expect(order).toEqual(['click', 'check'])
    vi.useRealTimers()
  })
})
