import { Problem } from './problem'
import { singleFlight } from './refresh'

const BASE = '/api/v1'
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** How the transport talks to the page around it. */
export interface TransportOptions {
  /** Called when the session is gone for good; the page shows the sign-in. */
  onSignedOut: () => void
  /** Called when a role demands a second factor that is not set up; the page shows how to. */
  onEnrolling?: () => void
  /** The language in which the server should answer, e.g. `zh-CN`. */
  locale: () => string
  fetch?: typeof fetch
  cookie?: () => string
}

/** The value of one cookie out of `document.cookie`, or null. */
export function cookieValue(cookies: string, name: string): string | null {
  for (const part of cookies.split('; ')) {
    if (part.startsWith(`${name}=`)) return decodeURIComponent(part.slice(name.length + 1))
  }
  return null
}

/** `fetch` as the API wants it: CSRF header, language, one refresh when the token has expired, problems thrown. */
export function createTransport(options: TransportOptions): (request: Request) => Promise<Response> {
  const { onSignedOut, locale } = options
  const send = options.fetch ?? ((request: RequestInfo | URL, init?: RequestInit) => fetch(request, init))
  const cookie = options.cookie ?? (() => document.cookie)

  function dressed(request: Request): Request {
    request.headers.set('Accept-Language', locale())
    const token = cookieValue(cookie(), 'gx_csrf')
    if (token && !SAFE.has(request.method)) request.headers.set('X-CSRF-Token', token)
    return request
  }

  async function reach(request: Request): Promise<Response> {
    try {
      return await send(dressed(request))
    } catch (thrown) {
      if (request.signal.aborted) throw thrown
      throw Problem.unreachable()
    }
  }

  async function renew(): Promise<boolean> {
    const url = new URL(`${BASE}/session/refresh`, location.origin)
    const body = JSON.stringify({})
    const answer = await reach(new Request(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } }))
    if (answer.ok) return true
    if (answer.status === 401) return false
    throw await Problem.from(answer)
  }

  const refresh = singleFlight({
    renew,
    locks: globalThis.navigator?.locks,
    storage: globalThis.localStorage,
  })

  async function refused(answer: Response, spare: Request): Promise<Response> {
    const problem = await Problem.from(answer)
    const expired = problem.status === 401 && problem.code === 'token-expired'
    if (expired && (await refresh())) {
      const again = await reach(spare)
      if (again.ok) return again
      throw await Problem.from(again)
    }
    if (problem.status === 401 && !isSigningIn(spare)) onSignedOut()
    if (problem.code === 'second-factor-enrolment') options.onEnrolling?.()
    throw problem
  }

  return async (request) => {
    const spare = request.clone()
    const answer = await reach(request)
    return answer.ok || answer.status === 304 ? answer : refused(answer, spare)
  }
}

/** Signing in and asking "who am I" answer 401 as a matter of course; that is no lost session. */
function isSigningIn(request: Request): boolean {
  return new URL(request.url).pathname === `${BASE}/session` && request.method !== 'DELETE'
}
