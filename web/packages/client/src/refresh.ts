const LOCK = 'gx-session-refresh'
const STAMP = 'gx.refreshed-at'

/** What the refresher needs from its surroundings; the browser's own things unless a test gives others. */
export interface RefreshSurroundings {
  /** Asks the server for new tokens; true when it gave them. */
  renew: () => Promise<boolean>
  locks?: Pick<LockManager, 'request'>
  storage?: Pick<Storage, 'getItem' | 'setItem'>
  now?: () => number
}

/**
 * Renews the session once, however many calls found it expired at the same moment.
 *
 * A refresh token is good for one use, and all tabs share it: so tabs take turns, and one whose turn comes after
 * another tab has renewed takes over that result.
 */
export function singleFlight(surroundings: RefreshSurroundings): () => Promise<boolean> {
  const { renew, locks, storage, now = Date.now } = surroundings
  let flight: Promise<boolean> | null = null

  async function inTurn(since: number): Promise<boolean> {
    if (Number(storage?.getItem(STAMP) ?? 0) >= since) return true
    const renewed = await renew()
    if (renewed) storage?.setItem(STAMP, String(now()))
    return renewed
  }

  async function start(): Promise<boolean> {
    const since = now()
    if (!locks) return inTurn(since)
    return locks.request(LOCK, () => inTurn(since))
  }

  return () => {
    flight ??= start().finally(() => {
      flight = null
    })
    return flight
  }
}
