import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '@guanxi/client'
import { onForget } from '@/forget'
import { whenOtherTabChanges } from '@/otherTabs'
import { useSession } from '@/stores/session'

const get = vi.hoisted(() => vi.fn())
vi.mock('@/api', () => ({ api: { GET: get, DELETE: vi.fn().mockResolvedValue({}) }, whenSignedOut: vi.fn() }))

const standing = {
  user: { id: 'u1', name: '秦明远', login: '13800138000', locale: 'zh-CN', department: null, roles: [] },
  tenant: { slug: 'chengchuan', name: '澄川科技', state: 'trial', trial_ends_at: null, timezone: 'Asia/Tokyo', locale: 'zh-CN' },
  tenants: [],
  permissions: { 'customer:read': 'own' },
}

describe('session', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    localStorage.clear()
    get.mockReset()
    document.cookie = 'gx_csrf=token'
  })

  it('asks once who is signed in, and knows what they may do and what time it is there', async () => {
    get.mockResolvedValue({ data: standing })
    const session = useSession()
    await session.ensure()
    await session.ensure()
    expect(get).toHaveBeenCalledTimes(1)
    expect([session.may('customer:read'), session.may('customer:purge')]).toEqual([true, false])
    expect(session.timeZone).toBe('Asia/Tokyo')
    expect(localStorage.getItem('gx.signed-in')).toBe('chengchuan:u1')
  })

  it('asks nobody without the cookie that goes with a session', async () => {
    document.cookie = 'gx_csrf=; expires=Thu, 01 Jan 1970 00:00:00 GMT'
    await expect(useSession().ensure()).resolves.toBeNull()
    expect(get).not.toHaveBeenCalled()
  })

  it('takes a 401 for nobody, and anything else for a failure', async () => {
    get.mockRejectedValueOnce(new Problem({ code: 'session-ended' }, 401))
    await expect(useSession().load()).resolves.toBeNull()
    get.mockRejectedValueOnce(new Problem({ code: 'unavailable' }, 503))
    await expect(useSession().load()).rejects.toMatchObject({ status: 503 })
  })

  it('empties every memory on signing out', async () => {
    const emptied = vi.fn()
    onForget(emptied)
    get.mockResolvedValue({ data: standing })
    const session = useSession()
    await session.load()
    await session.signOut()
    expect(emptied).toHaveBeenCalledTimes(1)
    expect(session.user).toBeNull()
    expect(localStorage.getItem('gx.signed-in')).toBeNull()
  })
})

describe('other tabs', () => {
  it('are heeded when they change who is signed in, and only then', () => {
    const act = vi.fn()
    whenOtherTabChanges(() => 'chengchuan:u1', act)
    const hear = (key: string, newValue: string | null): boolean => dispatchEvent(new StorageEvent('storage', { key, newValue }))
    hear('gx.signed-in', 'chengchuan:u1')
    hear('gx.preferences', 'x')
    expect(act).not.toHaveBeenCalled()
    hear('gx.signed-in', 'yunxiu:u1')
    hear('gx.signed-in', null)
    expect(act).toHaveBeenCalledTimes(2)
  })
})
