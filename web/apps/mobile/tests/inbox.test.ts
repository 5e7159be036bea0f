import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { outcomesOf, withLatest } from '@m/pages/inbox/batches'
import { rowIsLate, sinceText, whereText, type Row } from '@m/pages/inbox/boxes'
import { nextPlace } from '@m/pages/sign-in/useSignIn'

const NOW = Date.parse('2026-03-18T09:00:00Z')
const lin = { id: 'u1', name: '林知夏' }
const row: Row = {
  id: 's1',
  approval: 'a1',
  kind: 'quote',
  title: 'Q-1 · 云岫智能',
  state: 'running',
  stuck: false,
  submitter: lin,
  submitted_at: '2026-03-18T06:00:00Z',
  facts: {}, described: null,
  at: '主管审批',
  holders: [lin],
  moment: '2026-03-18T06:00:00Z',
  seat: { id: 's1', version: 1, state: 'open', stands_for: null },
  due_at: '2026-03-18T08:00:00Z',
  overdue: false,
  is_new: false,
}

beforeEach(() => setActivePinia(createPinia()))

describe('a card of the inbox', () => {
  it('says how long it has been waiting where one has to decide, and when elsewhere', () => {
    expect(sinceText(row, 'to-decide', () => '', NOW)).toBe('等了 3 小时')
    expect(sinceText(row, 'mine', () => '今天 14:00', NOW)).toBe('今天 14:00')
  })

  it('is late once its time is over, as long as it is open', () => {
    expect(rowIsLate(row)).toBe(true)
    expect(rowIsLate({ ...row, seat: { id: 's1', version: 2, state: 'approved', stands_for: null } })).toBe(false)
  })

  it('tells who has it, what one said, or that it is back', () => {
    expect(whereText(row, 'mine')).toBe('主管审批 · 林知夏')
    expect(whereText({ ...row, seat: { id: 's1', version: 2, state: 'approved', stands_for: null } }, 'decided')).toBe('我的意见：同意')
    expect(whereText({ ...row, at: null, state: 'returned' }, 'mine')).toBe('等提交人修改')
    const three = [lin, { id: 'u2', name: '陈屿' }, { id: 'u3', name: '顾辰' }]
    expect(whereText({ ...row, holders: three }, 'mine')).toBe('主管审批 · 林知夏、陈屿等 3 人')
  })
})

describe('several decisions', () => {
  it('tell by title what became of each, failures first', () => {
    const other: Row = { ...row, id: 's2', title: 'Q-2', seat: { id: 's2', version: 1, state: 'open', stands_for: null } }
    const told = [
      { seat_id: 's1', done: true, code: null, text: null },
      { seat_id: 's2', done: false, code: 'seat-decided', text: '已经处理过' },
    ]
    expect(withLatest([], outcomesOf(told, [row, other]))).toEqual([
      { id: 's2', title: 'Q-2', done: false, text: '已经处理过', unsigned: false },
      { id: 's1', title: 'Q-1 · 云岫智能', done: true, text: null, unsigned: false },
    ])
  })

  it('tells what waits only for a signature, and what became of it once signed', () => {
    const [first] = outcomesOf([{ seat_id: 's1', done: false, code: 'signature-required', text: '这一步需要手写签名' }], [row])
    expect(first?.unsigned).toBe(true)
    const signed = outcomesOf([{ seat_id: 's1', done: true, code: null, text: null }], [row])
    expect(withLatest(first ? [first] : [], signed)).toEqual([{ id: 's1', title: 'Q-1 · 云岫智能', done: true, text: null, unsigned: false }])
  })
})

describe('after signing in', () => {
  it('one goes on only to pages of this site', () => {
    expect([nextPlace('/approvals/1'), nextPlace('//evil.example'), nextPlace('/\\evil'), nextPlace(undefined)]).toEqual(['/approvals/1', '/', '/', '/'])
  })
})
