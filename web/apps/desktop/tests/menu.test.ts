import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { mount } from '@vue/test-utils'
import { createMemoryHistory, createRouter } from 'vue-router'
import SideMenu from '@/components/shell/SideMenu.vue'
import { useSession } from '@/stores/session'

const screen = vi.hoisted(() => ({ phone: false }))
const get = vi.hoisted(() => vi.fn())
vi.mock('@/api', () => ({ api: { GET: get, DELETE: vi.fn() }, whenSignedOut: vi.fn() }))
vi.mock('@/composables/usePhone', async () => {
  const { ref } = await import('vue')
  return { usePhone: () => ref(screen.phone) }
})

const standing = (permissions: Record<string, string>): unknown => ({
  user: { id: 'u1', name: '秦明远', login: 'qin@example.com', locale: 'zh-CN', department: null, roles: [] },
  tenant: { slug: 'chengchuan', name: '澄川科技', state: 'active', trial_ends_at: null, timezone: 'Asia/Shanghai', locale: 'zh-CN' },
  tenants: [],
  permissions,
})

async function entries(permissions: Record<string, string>): Promise<string[]> {
  get.mockImplementation((path: string) => Promise.resolve({ data: path === '/api/v1/session' ? standing(permissions) : { hidden: true, steps: [] } }))
  await useSession().load()
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:all(.*)', component: { template: '<i />' } }] })
  await router.push('/customers')
  const wrapper = mount(SideMenu, { global: { plugins: [router], stubs: { TenantMenu: true } } })
  return wrapper.get('nav').findAll('a').map((link) => link.text())
}

describe('the menu', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    document.cookie = 'gx_csrf=token'
  })

  it('leads to what somebody may read, and to what is everybody’s', async () => {
    screen.phone = false
    expect(await entries({ 'customer:read': 'own' })).toEqual(['客户', '审批', '发起申请', '导入与任务', '回收站'])
  })

  it.each(['customer:merge', 'contact:merge'])('leads on a phone to what may be twice for whoever has %s', async (permission) => {
    screen.phone = true
    expect(await entries({ [permission]: 'own' })).toContain('查重与合并')
    expect(await entries({ 'customer:read': 'all', 'contact:read': 'all' })).not.toContain('查重与合并')
  })

  it('leaves that to the lists on a desk', async () => {
    screen.phone = false
    expect(await entries({ 'customer:merge': 'own', 'contact:merge': 'own' })).not.toContain('查重与合并')
  })
})
