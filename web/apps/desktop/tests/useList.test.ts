import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem, type Page } from '@guanxi/client'
import type { Condition } from '@guanxi/domain'
import { forgetEverything } from '@/forget'
import { useList, type List, type ListQuery } from '@/composables/useList'
import { onStage, promised, settled, type Stage } from './stage'

interface Row {
  id: string
}

const rows = (...ids: string[]): Row[] => ids.map((id) => ({ id }))
const page = (items: Row[], next: string | null = null, total?: Page<Row>['total']): Page<Row> => ({ items, next_cursor: next, total })

function stage(fetch: (query: ListQuery, signal: AbortSignal) => Promise<Page<Row>>, path = '/list'): Promise<Stage<List<Row>>> {
  return onStage(() => useList<Row>({ fields: ['stage', 'employees'], numbers: ['employees'], sort: '-updated_at', total: true, fetch }), path)
}

describe('useList', () => {
  beforeEach(() => {
    forgetEverything()
    localStorage.clear()
    // The memory history of the tests keeps no state; the pages read the browser's.
    history.replaceState({}, '')
  })

  it('asks for the first page with its order and the total', async () => {
    const fetch = vi.fn().mockResolvedValue(page(rows('a'), 'c1', { count: 10001, capped: true }))
    const { made } = await stage(fetch)
    await settled()
    expect(fetch.mock.calls[0]?.[0]).toEqual({ limit: 50, sort: '-updated_at', total: true })
    expect(made.items.value).toEqual(rows('a'))
    expect(made.total.value).toEqual({ count: 10001, capped: true })
    expect([made.hasPrevious.value, made.hasNext.value]).toEqual([false, true])
  })

  it('reads search, filters and order from the address, and writes them there', async () => {
    const fetch = vi.fn().mockResolvedValue(page([]))
    const { made, router } = await stage(fetch, '/list?q=云&stage.in=deal,lost&employees.gte=200&sort=name')
    await settled()
    const query = fetch.mock.calls[0]?.[0] as ListQuery
    expect(query).toMatchObject({ q: '云', sort: 'name' })
    expect(JSON.parse(query.filter ?? '')).toEqual({
      and: [
        { field: 'stage', op: 'in', value: ['deal', 'lost'] },
        { field: 'employees', op: 'gte', value: 200 },
      ],
    })
    expect(made.narrowed.value).toBe(true)

    made.setConditions([{ field: 'stage', op: 'in', value: ['deal'] }])
    await settled()
    expect(router.currentRoute.value.query).toEqual({ q: '云', 'stage.in': 'deal', sort: 'name' })
    made.clear()
    await settled()
    expect(router.currentRoute.value.query).toEqual({ sort: 'name' })
    expect(fetch).toHaveBeenCalledTimes(3)
  })

  it('takes what an address says besides its view in place of what the view says', async () => {
    const view = { id: 'v1', conditions: [{ field: 'stage', op: 'in', value: ['lost'] }] as Condition[], rest: null, sort: 'name' }
    const asked = async (query: string): Promise<unknown> => {
      const fetch = vi.fn().mockResolvedValue(page([]))
      const views = { base: () => view, ready: () => Promise.resolve() }
      const { made } = await onStage(() => useList<Row>({ fields: ['stage', 'employees'], numbers: ['employees'], sort: '-updated_at', views, fetch }), `/list?view=v1${query}`)
      await settled()
      const { filter, sort } = fetch.mock.calls[0]?.[0] as ListQuery
      return [JSON.parse(filter ?? 'null'), sort, made.changed.value]
    }
    const [lost, many] = [{ and: [{ field: 'stage', op: 'in', value: ['lost'] }] }, { and: [{ field: 'employees', op: 'gte', value: 200 }] }]
    expect(await asked('')).toEqual([lost, 'name', false])
    expect(await asked('&employees.gte=200')).toEqual([many, 'name', true])
    expect(await asked('&sort=employees')).toEqual([lost, 'employees', true])
    expect(await asked('&changed=1&sort=employees')).toEqual([null, 'employees', true])
  })

  it('goes on with the cursor, keeps the total, and starts anew when the question changes', async () => {
    const fetch = vi.fn().mockResolvedValueOnce(page(rows('a'), 'c1', { count: 2, capped: false })).mockResolvedValueOnce(page(rows('b')))
    const { made, router } = await stage(fetch)
    await settled()
    made.next()
    await settled()
    expect(fetch.mock.calls[1]?.[0]).toEqual({ limit: 50, sort: '-updated_at', cursor: 'c1' })
    expect(made.total.value).toEqual({ count: 2, capped: false })
    expect([made.hasPrevious.value, made.hasNext.value]).toEqual([true, false])
    fetch.mockResolvedValue(page(rows('c')))
    made.setQ('岚')
    await settled()
    expect(router.currentRoute.value.query).toEqual({ q: '岚' })
  })

  it('shows only the answer to the newest question', async () => {
    const slow = promised<Page<Row>>()
    const fetch = vi.fn().mockReturnValueOnce(slow.promise).mockResolvedValueOnce(page(rows('new')))
    const { made } = await stage(fetch)
    made.setQ('新')
    await settled()
    slow.resolve(page(rows('old')))
    await settled()
    expect(made.items.value).toEqual(rows('new'))
    expect((fetch.mock.calls[0]?.[1] as AbortSignal).aborted).toBe(true)
  })

  it('keeps the old rows when refreshing fails, and says so', async () => {
    const fetch = vi.fn().mockResolvedValueOnce(page(rows('a'))).mockRejectedValueOnce(new Problem({ code: 'unavailable' }, 503))
    const { made } = await stage(fetch)
    await settled()
    await made.reload()
    expect(made.items.value).toEqual(rows('a'))
    expect(made.problem.value?.status).toBe(503)
    expect(made.loading.value).toBe(false)
  })

  it('falls back to the first page when a cursor has lost its meaning', async () => {
    const bad = new Problem({ code: 'invalid', errors: [{ field: 'cursor', code: 'invalid', message: 'x' }] }, 422)
    const fetch = vi.fn().mockRejectedValueOnce(bad).mockResolvedValueOnce(page(rows('a')))
    const { made, router } = await stage(fetch, '/list?cursor=old&q=云')
    await settled()
    expect(router.currentRoute.value.query).toEqual({ q: '云' })
    expect(made.items.value).toEqual(rows('a'))
    expect(made.problem.value).toBeNull()
  })

  it('shows nobody the rows of the person before', async () => {
    const first = await stage(vi.fn().mockResolvedValue(page(rows('a', 'b'))))
    await settled()
    first.wrapper.unmount()
    forgetEverything()
    const { made } = await stage(vi.fn().mockReturnValue(promised<Page<Row>>().promise))
    expect(made.items.value).toEqual([])
    expect(made.loaded.value).toBe(false)
  })

  it('has its rows at hand when one comes back', async () => {
    const first = await stage(vi.fn().mockResolvedValue(page(rows('a', 'b'))))
    await settled()
    first.wrapper.unmount()
    const waiting = promised<Page<Row>>()
    const { made } = await stage(vi.fn().mockReturnValue(waiting.promise))
    expect(made.items.value).toEqual(rows('a', 'b'))
    expect(made.loaded.value).toBe(true)
    expect(made.loading.value).toBe(true)
  })
})
