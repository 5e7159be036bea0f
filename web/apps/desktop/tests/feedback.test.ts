import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useFeedback } from '@/stores/feedback'

describe('feedback', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    setActivePinia(createPinia())
  })
  afterEach(() => vi.useRealTimers())

  it('shows a toast for six seconds, longer while it is held', () => {
    const feedback = useFeedback()
    feedback.toast('已删除 3 位客户')
    vi.advanceTimersByTime(5999)
    expect(feedback.toasts).toHaveLength(1)
    const id = feedback.toasts[0]?.id ?? 0
    feedback.hold(id)
    vi.advanceTimersByTime(60_000)
    expect(feedback.toasts).toHaveLength(1)
    feedback.release(id)
    vi.advanceTimersByTime(6000)
    expect(feedback.toasts).toEqual([])
  })

  it('keeps the newest three', () => {
    const feedback = useFeedback()
    for (const text of ['一', '二', '三', '四']) feedback.toast(text)
    expect(feedback.toasts.map(({ text }) => text)).toEqual(['二', '三', '四'])
  })

  it('answers a question once, and takes a newer question for a no to the older', async () => {
    const feedback = useFeedback()
    const first = feedback.ask({ title: '一', action: '继续' })
    const second = feedback.ask({ title: '二', action: '继续' })
    await expect(first).resolves.toBe(false)
    expect(feedback.question?.title).toBe('二')
    feedback.answerQuestion(true)
    await expect(second).resolves.toBe(true)
    expect(feedback.question).toBeNull()
  })
})
