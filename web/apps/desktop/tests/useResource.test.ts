import { describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { Problem } from '@guanxi/client'
import { useResource } from '@/composables/useResource'
import { useSlow } from '@/composables/useSlow'
import { onStage, promised, settled } from './stage'

describe('useResource', () => {
  it('loads again when its key changes, and drops the answer that comes too late', async () => {
    const key = ref<string | null>('a')
    const late = promised<string>()
    const fetch = vi.fn().mockReturnValueOnce(late.promise).mockResolvedValueOnce('B')
    const { made } = await onStage(() => useResource(() => key.value, fetch))
    key.value = 'b'
    await settled()
    late.resolve('A')
    await settled()
    expect(made.data.value).toBe('B')
    expect(fetch.mock.calls.map(([asked]) => asked as string)).toEqual(['a', 'b'])
  })

  it('asks nothing without a key', async () => {
    const fetch = vi.fn()
    const { made } = await onStage(() => useResource(() => null, fetch))
    await settled()
    expect(fetch).not.toHaveBeenCalled()
    expect(made.loading.value).toBe(false)
  })

  it('keeps what it has when a reload fails, and forgets the failure when one succeeds', async () => {
    const fetch = vi.fn().mockResolvedValueOnce('old').mockRejectedValueOnce(new Problem({}, 503)).mockResolvedValueOnce('new')
    const { made } = await onStage(() => useResource(() => 'key', fetch))
    await settled()
    await made.reload()
    expect([made.data.value, made.problem.value?.status]).toEqual(['old', 503])
    await made.reload()
    expect([made.data.value, made.problem.value]).toEqual(['new', null])
  })
})

describe('useSlow', () => {
  it('speaks up only after the wait, and is quiet at once', async () => {
    vi.useFakeTimers()
    const busy = ref(true)
    const { made: slow } = await onStage(() => useSlow(busy))
    vi.advanceTimersByTime(199)
    expect(slow.value).toBe(false)
    vi.advanceTimersByTime(1)
    expect(slow.value).toBe(true)
    vi.useRealTimers()
    busy.value = false
    await settled()
    expect(slow.value).toBe(false)
  })
})
