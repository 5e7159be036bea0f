import { beforeEach, describe, expect, it, vi } from 'vitest'
import { mount, type VueWrapper } from '@vue/test-utils'
import type { View } from '@guanxi/client'
import { api } from '@/api'
import ViewBar from '@/components/views/ViewBar.vue'
import { useColumns } from '@/components/list/useColumns'
import { filterCoding } from '@/composables/filterCoding'
import { useList } from '@/composables/useList'
import { useViews } from '@/composables/useViews'
import { forgetEverything } from '@/forget'
import { onStage, settled } from './stage'

const view = {
  id: 'v1', version: 1, name: '重点客户', list: 'customer', mine: true, audience: 'private', filter: null, shown_columns: [], sort: '', is_default: true, dropped: [], can: { update: true, delete: true },
} as unknown as View
const answered = (items: View[]): unknown => ({ data: { items, default_view_id: items[0]?.id ?? null }, response: new Response() })

async function bar(): Promise<{ wrapper: VueWrapper; fetch: ReturnType<typeof vi.fn> }> {
  const fetch = vi.fn().mockResolvedValue({ items: [], next_cursor: null })
  const stage = await onStage(() => {
    const coding = filterCoding()
    const views = useViews({ list: 'customer', name: 'customers', fields: new Set<string>(), coding })
    return { views, coding, list: useList<{ id: string }>({ views, fetch }), columns: useColumns('customers', () => []) }
  })
  await settled()
  const { views, coding, list, columns } = stage.made
  const wrapper = mount(ViewBar as never, { props: { views, list, columns, coding } as never, global: { plugins: [stage.router], stubs: { ViewDialog: true, ViewMenu: true } } })
  return { wrapper: wrapper as unknown as VueWrapper, fetch }
}

describe('the bar of views', () => {
  beforeEach(() => {
    forgetEverything()
    vi.restoreAllMocks()
  })

  it('says that the views did not load, and shows them after another try', async () => {
    const get = vi.spyOn(api, 'GET').mockRejectedValueOnce(new TypeError('no network')).mockResolvedValue(answered([view]) as never)
    const { wrapper, fetch } = await bar()
    const band = wrapper.get('[role="status"]')
    expect(band.text()).toContain('视图没有加载出来，列表照常可用。')
    await band.get('button').trigger('click')
    await settled()
    expect(wrapper.find('[role="status"]').exists()).toBe(false)
    expect(wrapper.get('nav').text()).toContain('重点客户')
    // The default came into force, so the list was asked for again.
    expect([get.mock.calls.length, fetch.mock.calls.length]).toEqual([2, 2])
  })
})
