import { describe, expect, it } from 'vitest'
import type { Approval } from '@guanxi/client'
import { factLabel, factsOf, factText, gistOf } from '@/pages/approvals/facts'
import { flowLines } from '@/pages/approvals/flowLines'
import { logText, spanText } from '@/pages/approvals/wording'

type Step = Approval['steps'][number]
type Seat = Step['seats'][number]
type Line = Approval['log'][number]

const NOW = Date.parse('2026-03-18T08:00:00Z')
const zhou = { id: 'u1', name: '周思远' }
const lin = { id: 'u2', name: '林知夏' }
const xu = { id: 'u3', name: '许曼' }

const seat = (more: Partial<Seat>): Seat => ({ id: 's1', user: zhou, stands_for: null, state: 'open', why: null, added: false, comment: null, signed: false, opened_at: '2026-03-17T16:00:00Z', decided_at: null, ...more })
const step = (more: Partial<Step>): Step => ({ id: 't1', node: 'lead', type: 'approve', name: '主管审批', state: 'open', why: null, opened_at: '2026-03-17T16:00:00Z', ended_at: null, due_at: null, overdue: false, seats: [seat({})], ...more })
const line = (more: Partial<Line>): Line => ({ id: 'l1', at: '2026-03-17T16:00:00Z', action: 'submitted', by: lin, stands_for: null, step: null, comment: null, people: [], why: null, back_to: null, changes: [], ...more })
const way = (steps: Step[], state: Approval['state'] = 'running'): ReturnType<typeof flowLines> => flowLines({ steps, log: [line({})], state, submitter: lin }, NOW)

describe('the way of an approval', () => {
  it('begins with whoever submitted it and tells who holds it and for how long', () => {
    const [first, second] = way([step({})])
    expect([first?.who, first?.verdict, first?.mark]).toEqual(['林知夏', '提交', 'done'])
    expect([second?.who, second?.role, second?.mark, second?.span, second?.late]).toEqual(['周思远', '主管审批', 'now', '16 小时', false])
  })

  it('tells what was said, how long it took, and in whose place', () => {
    const said = seat({ state: 'approved', decided_at: '2026-03-17T16:45:00Z', stands_for: xu, comment: '支持' })
    const [, told] = way([step({ state: 'passed', seats: [said] })])
    expect([told?.verdict, told?.span, told?.notes, told?.comment, told?.mark]).toEqual(['同意', '45 分钟', ['代许曼'], '支持', 'done'])
  })

  it('names what is late, what was added and what a step passed by itself', () => {
    expect(way([step({ due_at: '2026-03-18T07:00:00Z' })])[1]?.late).toBe(true)
    expect(way([step({ overdue: true })])[1]?.late).toBe(true)
    expect(way([step({ overdue: true, due_at: '2026-03-19T07:00:00Z' })])[1]?.late).toBe(false)
    expect(way([step({ seats: [seat({ added: true })] })])[1]?.notes).toEqual(['加签'])
    const again = seat({ state: 'approved', why: 'again', decided_at: '2026-03-17T16:00:00Z' })
    expect(way([step({ seats: [again] })])[1]).toMatchObject({ verdict: '前面已同意，自动通过', notes: [] })
  })

  it('mutes what counts no more, and waits for nobody once it is over', () => {
    expect(way([step({ state: 'void', seats: [seat({ state: 'approved', decided_at: '2026-03-17T17:00:00Z' })] })])[1]?.muted).toBe(true)
    expect(way([step({})], 'returned')[1]).toMatchObject({ span: null, late: false })
  })

  it('says where nobody can decide, what was skipped and what was copied', () => {
    const bare = { seats: [] as Seat[] }
    expect(way([step(bare)])[1]).toMatchObject({ who: null, mark: 'stuck', verdict: '没有人可以审批' })
    expect(way([step({ ...bare, state: 'passed' })])[1]).toMatchObject({ mark: 'gone', verdict: '自动通过' })
    expect(way([step({ ...bare, type: 'copy', state: 'passed' })])[1]).toMatchObject({ mark: 'copy', verdict: '已抄送' })
  })

  it('puts what was resubmitted where it happened', () => {
    const log = [line({}), line({ id: 'l2', action: 'resubmitted', at: '2026-03-18T02:00:00Z' })]
    const back = step({ id: 't1', state: 'void', seats: [seat({ state: 'returned', decided_at: '2026-03-17T18:00:00Z' })] })
    const anew = step({ id: 't2', opened_at: '2026-03-18T02:00:00Z', seats: [seat({ id: 's2' })] })
    const lines = flowLines({ steps: [back, anew], log, state: 'running', submitter: lin }, NOW)
    expect(lines.map(({ verdict }) => verdict)).toEqual(['提交', '退回', '重新提交', '审批中'])
  })
})

describe('the history', () => {
  it.each([
    [line({ action: 'approved', by: zhou, step: '主管审批' }), '周思远在“主管审批”同意'],
    [line({ action: 'approved', by: zhou, stands_for: xu, step: '主管审批' }), '周思远（代许曼）在“主管审批”同意'],
    [line({ action: 'sent-back', by: zhou, step: '主管审批' }), '周思远在“主管审批”退回给提交人'],
    [line({ action: 'sent-back', by: zhou, step: '总监审批', back_to: '主管审批' }), '周思远在“总监审批”退回给主管审批'],
    [line({ action: 'skipped', by: null, step: '总监审批', why: 'again' }), '“总监审批”自动通过（前面已同意）'],
    [line({ action: 'rejected', by: null, step: '主管审批' }), '“主管审批”自动驳回'],
    [line({ action: 'rerouted', by: zhou, step: '主管审批', people: [lin, xu] }), '周思远把“主管审批”改派给林知夏、许曼'],
  ])('is told in words', (told, text) => {
    expect(logText(told)).toBe(text)
  })

  it.each([[10_000, '1 分钟'], [59 * 60_000, '59 分钟'], [47 * 3_600_000, '47 小时'], [50 * 3_600_000, '2 天']])('tells %d ms as %s', (ms, text) => {
    expect(spanText(ms)).toBe(text)
  })
})

describe('the facts of a subject', () => {
  const facts = { customer: '云岫智能', from: null, to: '顾辰', reason: '客户搬到了深圳', tier: 'gold', stage: 'deal' }

  it('are told with the words of the house, reasons as paragraphs', () => {
    expect(factsOf('customer-transfer', facts).map(({ label, text, long }) => [label, text, long])).toEqual([
      ['客户', '云岫智能', false], ['现负责人', '', false], ['新负责人', '顾辰', false], ['申请理由', '客户搬到了深圳', true], ['客户等级', '黄金', false], ['客户阶段', '已成交', false],
    ])
    expect(gistOf('customer-transfer', facts)).toBe('转给顾辰 · 黄金')
  })

  it('of a kind without words of its own are still told', () => {
    expect(gistOf('new', { a: { amount: 1250, currency: 'CNY' }, b: true, c: 'x' })).toBe('¥12.50 · 是')
    expect(factText('new', 'people', [{ name: '甲' }, { name: '乙' }])).toBe('甲、乙')
    expect(factLabel('new', 'amount')).toBe('amount')
  })
})
