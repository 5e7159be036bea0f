import { describe, expect, it } from 'vitest'
import type { Calendar, Task } from '@guanxi/client'
import { daysOf, entriesOf, wallOf } from '@/pages/calendar/entries'

const ZONE = 'Asia/Shanghai'
const me = { id: 'u1', name: '林知夏' }
const other = { id: 'u2', name: '陈屿' }
const task = { id: 't1', title: '寄样品', due_at: '2026-03-18T10:00:00Z', done_at: null, owner: me, can: { update: true, delete: true } } as unknown as Task
const looking = { me: 'u1', zone: ZONE, now: new Date('2026-03-18T11:00:00Z') }
const nothing: Calendar = { tasks: [], planned: [], activities: [], cut: false }

describe('the entries of the calendar', () => {
  it('stand where the clocks of the company show them, and are moved only by whoever may', () => {
    expect(entriesOf({ ...nothing, tasks: [task] }, looking)).toMatchObject([{ id: 't1', title: '寄样品', start: '2026-03-18T18:00', classNames: ['is-task'], startEditable: true }])
    const fixed = { ...task, can: { update: false, delete: false } }
    expect(entriesOf({ ...nothing, tasks: [fixed] }, looking)[0]?.startEditable).toBe(false)
  })

  it('end with their day, so that none stands in two', () => {
    const evening = { ...task, due_at: '2026-03-18T15:59:00Z' } as Task
    const [late, early] = entriesOf({ ...nothing, tasks: [evening, task] }, looking)
    expect(late).toMatchObject({ start: '2026-03-18T23:59', end: '2026-03-18T23:59:59' })
    expect(early?.end).toBeUndefined()
  })

  it('say whose they are, and whether they are late or done', () => {
    const late = { ...task, owner: other, due_at: '2026-03-17T10:00:00Z' } as Task
    const done = { ...task, done_at: '2026-03-18T09:00:00Z' } as Task
    expect(entriesOf({ ...nothing, tasks: [late, done] }, looking)).toMatchObject([
      { title: '陈屿 · 寄样品', classNames: ['is-late'] },
      { title: '寄样品', classNames: ['is-done'], startEditable: false },
    ])
  })

  it('are also what will come back and what was done', () => {
    const planned = [{ task_id: 't1', title: '周报', owner: me, due_at: '2026-03-20T10:00:00Z' }]
    const activities = [{ id: 'a1', kind: 'call' as const, gist: '周五答复', happened_at: '2026-03-18T02:00:00Z', author: me, customer: { id: 'c1', name: '云岫' }, contact: null }]
    expect(entriesOf({ ...nothing, planned, activities }, looking)).toMatchObject([
      { title: '周报', start: '2026-03-20T18:00', extendedProps: { behind: { sort: 'planned', taskId: 't1' } } },
      { title: '电话 · 云岫 · 周五答复', start: '2026-03-18T10:00', extendedProps: { behind: { sort: 'activity', to: '/customers/c1' } } },
    ])
  })
})

it('the calendar speaks of days and wall times', () => {
  expect(daysOf(new Date('2026-03-16T00:00:00Z'), new Date('2026-03-23T00:00:00Z'))).toEqual({ first: '2026-03-16', days: 7 })
  expect(wallOf(new Date('2026-03-18T15:30:00Z'))).toBe('2026-03-18T15:30')
})
