import { describe, expect, it } from 'vitest'
import { percentOf, secondsLeft } from '@/pages/jobs/useJob'

const START = '2026-03-18T10:00:00Z'
const at = (seconds: number): number => Date.parse(START) + seconds * 1000

describe('jobs', () => {
  it('know their share, never above a hundred, and none without a total', () => {
    expect(percentOf({ state: 'running', done: 5216, total: 12480 })).toBe(41)
    expect(percentOf({ state: 'running', done: 13000, total: 12480 })).toBe(100)
    expect(percentOf({ state: 'running', done: 10, total: null })).toBeNull()
    expect(percentOf({ state: 'succeeded', done: 0, total: 0 })).toBe(100)
    expect(percentOf({ state: 'cancelled', done: 120, total: 400 })).toBe(30)
  })

  it('judge the time left by the pace so far, and do not guess too early', () => {
    const running = { state: 'running', done: 1000, total: 4000, started_at: START } as const
    expect(secondsLeft(running, at(10))).toBe(30)
    expect(secondsLeft({ ...running, done: 50 }, at(10))).toBeNull()
    expect(secondsLeft({ ...running, state: 'succeeded' }, at(10))).toBeNull()
    expect(secondsLeft({ ...running, total: null }, at(10))).toBeNull()
  })
})
