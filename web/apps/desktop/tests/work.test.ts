import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Activity, MyDay, Task } from '@guanxi/client'
import { splitFilter, type OwnField, type Repeat } from '@guanxi/domain'
import { changeText, fieldLabel } from '@/changes'
import { activityRules, blankActivity, bodyOf, changesOf, valuesOf, type ActivityValues } from '@/pages/activities/activityForm'
import { dayText, withoutTask } from '@/pages/tasks/day'
import { formerQuery, TASK_FILTERS, taskForm, taskViews } from '@/pages/tasks/listing'
import * as task from '@/pages/tasks/taskForm'

const NOW = new Date('2026-03-18T10:00:00Z')

const noted = {
  id: 'a1', version: 2, kind: 'visit', content: '看了二期车间', happened_at: '2026-03-17T02:00:00.000000Z', contact: { id: 'c1', name: '周启明' }, next_step: null,
} as unknown as Activity

describe('the form of a follow-up', () => {
  const typed: ActivityValues = { ...blankActivity('visit'), content: ' 看了二期车间 ', contact: { id: 'c1', name: '周启明' } }

  it('says neither when nor what next, unless somebody did', () => {
    expect(bodyOf(typed, { customer: 'k1' })).toEqual({ kind: 'visit', content: '看了二期车间', customer_id: 'k1', contact_id: 'c1' })
    const more = { ...typed, happened_at: '2026-03-17T02:00:00Z', next_step: { title: ' 发报价 ', due_at: '2026-03-19T10:00:00Z' } }
    expect(bodyOf(more, { customer: 'k1' })).toMatchObject({ happened_at: '2026-03-17T02:00:00Z', next_step: { title: '发报价', due_at: '2026-03-19T10:00:00Z' } })
  })

  it('takes along the files that were brought for it', () => {
    const file = { id: 'f1', name: '车间.png', kind: 'picture' as const, media_type: 'image/png', size: 3, has_thumbnail: true }
    expect(bodyOf({ ...typed, files: [file] }, { customer: 'k1' })).toMatchObject({ attachment_ids: ['f1'] })
  })

  it('belongs to the contact on whose page it is written', () => {
    expect(bodyOf({ ...typed, contact: null }, { contact: 'c9' })).toMatchObject({ customer_id: null, contact_id: 'c9' })
  })

  it('sends only what was changed; the same moment written otherwise is no change', () => {
    expect(changesOf({ ...valuesOf(noted), happened_at: '2026-03-17T02:00:00Z', content: '看了二期车间 ' }, noted)).toEqual({})
    expect(changesOf({ ...valuesOf(noted), kind: 'call', content: '打了电话' }, noted)).toEqual({ kind: 'call', content: '打了电话' })
  })

  it('needs the words of a next step only when there is one', () => {
    const step = (values: ActivityValues): string | null | undefined => activityRules['next_step.title']?.(values.next_step?.title, values)
    expect(step(typed)).toBeNull()
    expect(step({ ...typed, next_step: { title: ' ', due_at: null } })).toBe('写下要做的事，或移除下一步')
    expect(activityRules['next_step.due_at']?.(null, { ...typed, next_step: { title: '发报价', due_at: null } })).toBe('选择截止时间')
  })

  it('refuses what has not happened yet, but bears with clocks that differ', () => {
    vi.useFakeTimers({ now: NOW })
    const fault = (moment: string | null): unknown => activityRules.happened_at?.(moment, typed)
    expect([fault(null), fault('2026-03-18T10:05:00Z')]).toEqual([null, null])
    expect(fault('2026-03-18T11:00:00Z')).toBe('沟通时间应在现在之前')
    vi.useRealTimers()
  })
})

describe('the list of tasks', () => {
  const coding = { midnight: (day: string) => `${day}T16:00:00Z`, dayOf: (moment: string) => moment.slice(0, 10), numbers: new Set<string>(), writtenAs: taskForm }

  it('brings views along that its filters can say, and so people can change', () => {
    const split = taskViews().map(({ id, filter }) => [id, splitFilter(filter, new Set<string>(TASK_FILTERS), coding)] as const)
    const eq = (field: string, value: string): unknown => ({ field, op: 'eq', value })
    expect(split).toEqual([
      ['mine', { conditions: [eq('mine', 'true'), eq('done', 'false')], rest: null }],
      ['given_by_me', { conditions: [eq('set_by_me', 'true'), eq('mine', 'false'), eq('done', 'false')], rest: null }],
      ['all', { conditions: [eq('done', 'false')], rest: null }],
    ])
  })

  it.each([
    [{ due: 'overdue' }, { view: 'mine', changed: '1', mine: 'true', done: 'false', 'due_at.coming': '-1d' }],
    [{ view: 'given_by_me', state: 'done' }, { view: 'given_by_me', changed: '1', set_by_me: 'true', mine: 'false', done: 'true' }],
    [{ view: 'all', state: 'either' }, { view: 'all', changed: '1' }],
    [{ view: 'all' }, null],
    [{ view: 'given_by_me', open: 'x' }, null],
  ])('understands links from before it had views: %o', (query, now) => {
    expect(formerQuery(query)).toEqual(now)
  })
})

describe('the form of a task', () => {
  const given = { title: '发报价', due_at: '2026-03-19T10:00:00Z', priority: 'normal', owner: { id: 'u1', name: '林' }, customer: null, contact: null, detail: null } as unknown as Task

  it('gives back what it was given, and sends only what was changed', () => {
    const before = task.valuesOf(given)
    expect(task.bodyOf(before)).toEqual({ title: '发报价', due_at: '2026-03-19T10:00:00Z', priority: 'normal', owner_id: 'u1', customer_id: null, contact_id: null, detail: null })
    expect(task.changesOf({ ...before, title: '发报价 ', detail: ' ', priority: 'high' }, before)).toEqual({ priority: 'high' })
  })

  const hours = { name: 'c_hours', built_in: false, label: '用时', kind: 'number', settings: {}, rules: { required: { field: 'priority', op: 'eq', value: 'high' } }, default: null, required: false } as unknown as OwnField

  it('sends of the own fields what was changed, which may be meant for the following, too', () => {
    const before = { ...task.valuesOf({ ...given, custom: { c_hours: 2 } } as unknown as Task, [hours]), repeat: { every: 'day' } as unknown as Repeat }
    const mine = { ...before, custom: { c_hours: '3' }, scope: 'following' as const }
    expect(task.changesOf(before, before, [hours])).toEqual({})
    expect(task.changesOf(mine, before, [hours])).toEqual({ custom: { c_hours: 3 }, scope: 'following' })
    expect([task.asksForScope(mine, before, [hours]), task.asksForScope(before, before, [hours])]).toEqual([true, false])
  })

  it('knows what one line leaves open', () => {
    const open = (priority: 'high' | 'normal'): string[] => task.leftOpen([hours], new Set(['priority']), { ...task.blankTask('u1'), priority }, { me: 'u1', timeZone: 'Asia/Shanghai' }).map(({ label }) => label)
    expect([open('high'), open('normal')]).toEqual([['用时'], []])
  })

  it('keeps, after a conflict, what was chosen and what only one side changed', () => {
    const before = task.valuesOf(given)
    const theirs = { ...before, title: '发新报价', priority: 'low' as const }
    expect(task.mergedValues({ ...before, title: '寄报价', detail: '含运费' }, before, theirs, { title: 'theirs' })).toEqual({ ...theirs, detail: '含运费' })
  })
})

describe('one’s own day', () => {
  it('is told with its weekday', () => {
    expect([dayText('2026-03-18', 'zh-CN'), dayText('2026-03-18', 'en')]).toEqual(['3 月 18 日 星期三', 'Wednesday, 18 March'])
  })

  it('loses a task from wherever it stands', () => {
    const tasks = (...ids: string[]): Task[] => ids.map((id) => ({ id }) as Task)
    const day: MyDay = { date: '2026-03-18', overdue: tasks('a'), today: tasks('b', 'c'), coming: tasks('d') }
    expect(withoutTask(day, 'b')).toEqual({ ...day, today: tasks('c') })
    expect(withoutTask(day, 'a')).toEqual({ ...day, overdue: [] })
  })
})

describe('the trail of the daily work', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('calls fields as one says them of a follow-up or a task', () => {
    expect([fieldLabel('kind', 'activity'), fieldLabel('kind', 'customer'), fieldLabel('title', 'task'), fieldLabel('title', 'contact')]).toEqual(['方式', '性质', '事项', '职务'])
    expect([changeText('kind', 'call', undefined, 'activity'), changeText('kind', 'company', undefined, 'customer')]).toEqual(['电话', '企业'])
    expect(changeText('priority', 'high', undefined, 'task')).toBe('高')
  })
})
