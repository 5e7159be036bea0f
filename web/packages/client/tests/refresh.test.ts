import { describe, expect, it, vi } from 'vitest'
import { singleFlight } from '../src/refresh'

function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

describe('singleFlight', () => {
  it('takes over what another tab renewed while this one waited for its turn', async () => {
    const storage = memory()
    let clock = 1000
    const now = (): number => clock
    // The other tab holds the lock when this one asks, and renews before letting go.
    const locks = {
      request: async (_name: string, act: () => Promise<boolean>) => {
        clock = 2000
        storage.setItem('gx.refreshed-at', String(clock))
        return act()
      },
    } as unknown as LockManager
    const renew = vi.fn().mockResolvedValue(true)
    await expect(singleFlight({ renew, locks, storage, now })()).resolves.toBe(true)
    expect(renew).not.toHaveBeenCalled()
  })

  it('renews again for a later expiry, with the stamp of an earlier one in place', async () => {
    const storage = memory()
    let clock = 1000
    const renew = vi.fn().mockResolvedValue(true)
    const refresh = singleFlight({ renew, storage, now: () => clock })
    await refresh()
    clock = 700_000
    await refresh()
    expect(renew).toHaveBeenCalledTimes(2)
  })

  it('does not stamp a refused renewal, and lets go of a failed one', async () => {
    const storage = memory()
    const renew = vi.fn().mockResolvedValueOnce(false).mockRejectedValueOnce(new Error('down')).mockResolvedValueOnce(true)
    const refresh = singleFlight({ renew, storage, now: () => 5 })
    await expect(refresh()).resolves.toBe(false)
    await expect(refresh()).rejects.toThrow('down')
    await expect(refresh()).resolves.toBe(true)
    expect(renew).toHaveBeenCalledTimes(3)
  })
})
