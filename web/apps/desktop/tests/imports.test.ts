import { beforeEach, describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import type { Import } from '@guanxi/client'
import { Problem } from '@guanxi/client'
import { columnState, decidedWords, isBlank, percent, sizeText, takenBy, withColumn, wordsOf } from '@/pages/imports/mapping'
import { useMapping } from '@/pages/imports/useMapping'
import { onStage, promised, settled } from './stage'

const { calls } = vi.hoisted(() => ({ calls: { put: vi.fn(), get: vi.fn() } }))
vi.mock('@/api', () => ({ api: { PUT: calls.put, GET: calls.get } }))

type Column = Import['columns'][number]
const column = (index: number, change: Partial<Column> = {}): Column => ({ index, name: `列 ${index}`, samples: ['华东'], suggestion: null, confidence: null, ...change })
const noMarks = { skipped: [], confirmed: [] }

describe('a column', () => {
  const region = column(3, { suggestion: 'region', confidence: 'sure' })

  it.each([
    ['auto', region, { 3: 'region' }, noMarks, {}],
    ['chosen', region, { 3: 'address' }, noMarks, {}],
    ['todo', region, {}, noMarks, {}],
    ['skip', region, {}, { skipped: [3], confirmed: [] }, {}],
    ['skip', column(4, { samples: ['', ' '] }), {}, noMarks, {}],
    ['confirm', { ...region, confidence: 'likely' as const }, { 3: 'region' }, noMarks, {}],
    ['auto', { ...region, confidence: 'likely' as const }, { 3: 'region' }, { skipped: [], confirmed: [3] }, {}],
    ['values', region, { 3: 'tier' }, noMarks, { tier: [{ value: '重点', count: 2, suggestion: 'gold' }] }],
  ] as const)('is %s', (state, own, columns, marks, unmapped) => {
    expect(columnState(own as Column, columns, { skipped: [...marks.skipped], confirmed: [...marks.confirmed] }, unmapped as unknown as Import['unmapped_values'])).toBe(state)
  })

  it('takes a field away from the column that had it', () => {
    expect(withColumn({ 0: 'name', 1: 'region' }, 2, 'region')).toEqual({ 0: 'name', 2: 'region' })
    expect(withColumn({ 0: 'name', 1: 'region' }, 1, null)).toEqual({ 0: 'name' })
    expect(takenBy([column(0), column(1)], { 0: 'name' }, 'name', 1)?.index).toBe(0)
    expect(takenBy([column(0), column(1)], { 0: 'name' }, 'name', 0)).toBeNull()
  })

  it('is blank when nothing stands in it', () => {
    expect([isBlank(column(0, { samples: [] })), isBlank(column(0, { samples: ['', 'x'] }))]).toEqual([true, false])
  })
})

describe('words', () => {
  it('come open ones first with the guess filled in, then those decided before', () => {
    const unmapped = { tier: [{ value: '重点', count: 9, suggestion: 'gold' }, { value: '待定', count: 2, suggestion: null }] }
    expect(wordsOf('tier', { tier: { A类: 'platinum', 未知: null } } as never, unmapped)).toEqual([
      { word: '重点', count: 9, choice: 'gold' },
      { word: '待定', count: 2, choice: undefined },
      { word: 'A类', count: null, choice: 'platinum' },
      { word: '未知', count: null, choice: null },
    ])
  })

  it('are sent once decided, also when they mean nothing', () => {
    expect(decidedWords([{ word: 'a', count: 1, choice: 'gold' }, { word: 'b', count: 1, choice: null }, { word: 'c', count: 1, choice: undefined }])).toEqual({ a: 'gold', b: null })
  })
})

describe('figures', () => {
  it('are told as people read them', () => {
    expect([percent(0, 0), percent(50, 200), percent(300, 200)]).toEqual([0, 25, 100])
    expect([980, 12_700, 209_715_200].map(sizeText)).toEqual(['980 B', '12.4 KB', '200 MB'])
  })
})

describe('the work on a mapping', () => {
  const wanted = (version: number, columns: Record<string, string>): Import =>
    ({ id: 'i1', version, columns: [column(0, { suggestion: 'name', confidence: 'sure' }), column(1)], fields: [], unmapped_values: {}, preview: [], mapping: { columns, values: {}, match_by: 'name', on_duplicate: 'skip', on_missing: 'create' } }) as unknown as Import
  const sentVersions = (): string[] => calls.put.mock.calls.map(([, { headers }]) => headers['If-Match'] as string)

  beforeEach(() => {
    localStorage.clear()
    calls.put.mockReset()
    calls.get.mockReset()
  })

  it('sends each decision with the version of the answer before, one call at a time', async () => {
    const first = promised<unknown>()
    calls.put.mockReturnValueOnce(first.promise).mockImplementation(async (_path, { body }) => ({ data: wanted(3, body.columns) }))
    const { made: work } = await onStage(() => useMapping(shallowRef(wanted(1, { 0: 'name' }))))
    work.choose(column(1), 'region')
    work.choose(column(1), 'address')
    work.setRules({ on_duplicate: 'create' })
    await settled()
    expect(calls.put).toHaveBeenCalledTimes(1)
    first.resolve({ data: wanted(2, { 0: 'name', 1: 'region' }) })
    expect(await work.settled()).toBe(true)
    expect(sentVersions()).toEqual(['"1"', '"2"'])
    expect(calls.put.mock.calls[1]?.[1].body).toEqual({ columns: { 0: 'name', 1: 'address' }, values: {}, match_by: 'name', on_duplicate: 'create', on_missing: 'create' })
  })

  it('keeps a mapping without the name to itself', async () => {
    const { made: work } = await onStage(() => useMapping(shallowRef(wanted(1, { 0: 'name' }))))
    work.choose(column(0), null)
    await settled()
    expect(calls.put).not.toHaveBeenCalled()
    expect(work.nameMapped.value).toBe(false)
  })

  it('takes over what another tab decided', async () => {
    calls.put.mockRejectedValueOnce(new Problem({ code: 'stale' }, 412))
    calls.get.mockResolvedValueOnce({ data: wanted(7, { 0: 'name', 1: 'industry' }) })
    const { made: work } = await onStage(() => useMapping(shallowRef(wanted(1, { 0: 'name' }))))
    work.choose(column(1), 'region')
    await work.settled()
    expect([work.overtaken.value, work.columns.value]).toEqual([true, { 0: 'name', 1: 'industry' }])
  })

  it('says when a decision could not be kept, and sends it again', async () => {
    calls.put.mockRejectedValueOnce(new Problem({ code: 'unavailable' }, 503)).mockResolvedValueOnce({ data: wanted(2, { 0: 'name', 1: 'region' }) })
    const { made: work } = await onStage(() => useMapping(shallowRef(wanted(1, { 0: 'name' }))))
    work.choose(column(1), 'region')
    expect(await work.settled()).toBe(false)
    work.retry()
    expect(await work.settled()).toBe(true)
    expect(sentVersions()).toEqual(['"1"', '"1"'])
  })

  it('remembers which columns were knowingly left out', async () => {
    calls.put.mockImplementation(async (_path, { body }) => ({ data: wanted(2, body.columns) }))
    const { made: work } = await onStage(() => useMapping(shallowRef(wanted(1, { 0: 'name' }))))
    work.skipRest()
    await settled()
    const { made: later } = await onStage(() => useMapping(shallowRef(wanted(1, { 0: 'name' }))))
    expect([work.stateOf(column(1)), later.stateOf(column(1))]).toEqual(['skip', 'skip'])
  })
})
