import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { useScrollMemory } from '@/composables/useScrollMemory'
import { onStage, settled, type Stage } from './stage'

function stage(element: HTMLElement, path = '/list'): Promise<Stage<void>> {
  return onStage(() => useScrollMemory(ref(element), () => true), path)
}

function scroll(element: HTMLElement, top: number): void {
  element.scrollTop = top
  element.dispatchEvent(new Event('scroll'))
}

describe('useScrollMemory', () => {
  it('starts another page of the list at its top, and finds the place again on the way back', async () => {
    const element = document.createElement('div')
    const { router, wrapper } = await stage(element)
    await settled()
    scroll(element, 900)
    await router.push('/list?cursor=50')
    await settled()
    expect(element.scrollTop).toBe(0)
    scroll(element, 120)
    await router.push('/elsewhere')
    wrapper.unmount()

    const again = document.createElement('div')
    const second = await stage(again, '/list?cursor=50')
    await settled()
    expect(again.scrollTop).toBe(120)
    await second.router.push('/list')
    await settled()
    expect(again.scrollTop).toBe(900)
  })
})
