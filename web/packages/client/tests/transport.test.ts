import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '../src/problem'
import { cookieValue, createTransport } from '../src/transport'

const json = (status: number, body: object, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json', ...headers } })
const expired = (): Response => json(401, { code: 'token-expired', title: 'Expired' })
const request = (path: string, init: RequestInit = {}): Request => new Request(new URL(path, location.origin), init)

interface World {
  seen: Request[]
  signedOut: ReturnType<typeof vi.fn>
  send: (request: Request) => Promise<Response>
}

function world(answers: (request: Request, nth: number) => Response | Promise<Response>): World {
  const seen: Request[] = []
  const signedOut = vi.fn()
  const send = createTransport({
    onSignedOut: signedOut,
    locale: () => 'en',
    cookie: () => 'a=1; gx_csrf=tok%20en; b=2',
    fetch: async (input) => {
      const got = input as Request
      seen.push(got)
      return answers(got, seen.length)
    },
  })
  return { seen, signedOut, send }
}

const paths = (seen: Request[]): string[] => seen.map((one) => `${one.method} ${new URL(one.url).pathname}`)

describe('transport', () => {
  beforeEach(() => localStorage.clear())

  it('adds the CSRF token of the cookie to unsafe calls only', async () => {
    const { seen, send } = world(() => json(200, {}))
    await send(request('/api/v1/customers'))
    await send(request('/api/v1/customers', { method: 'POST', body: '{}' }))
    expect(seen.map((one) => one.headers.get('X-CSRF-Token'))).toEqual([null, 'tok en'])
    expect(seen.map((one) => one.headers.get('Accept-Language'))).toEqual(['en', 'en'])
  })

  it('refreshes once for many calls that expired together, and repeats each with its body', async () => {
    let fresh = false
    const { seen, send, signedOut } = world(async (got) => {
      if (got.url.endsWith('/session/refresh')) {
        fresh = true
        return json(200, {})
      }
      return fresh ? json(200, { said: await got.text() }) : expired()
    })
    const bodies = ['one', 'two', 'three']
    const answers = await Promise.all(bodies.map((body) => send(request('/api/v1/x', { method: 'POST', body }))))
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual(bodies.map((said) => ({ said })))
    expect(paths(seen).filter((path) => path === 'POST /api/v1/session/refresh')).toHaveLength(1)
    expect(seen).toHaveLength(7)
    expect(signedOut).not.toHaveBeenCalled()
  })

  it('signs out when the refresh is refused, and does not try again', async () => {
    const { seen, send, signedOut } = world((got) => (got.url.endsWith('/refresh') ? json(401, { code: 'refresh-reused' }) : expired()))
    await expect(send(request('/api/v1/x'))).rejects.toMatchObject({ status: 401, code: 'token-expired' })
    expect(paths(seen)).toEqual(['GET /api/v1/x', 'POST /api/v1/session/refresh'])
    expect(signedOut).toHaveBeenCalledTimes(1)
  })

  it('keeps the session when the refresh could not be carried out', async () => {
    const { send, signedOut } = world((got) => (got.url.endsWith('/refresh') ? json(503, { code: 'unavailable' }) : expired()))
    await expect(send(request('/api/v1/x'))).rejects.toMatchObject({ status: 503 })
    expect(signedOut).not.toHaveBeenCalled()
  })

  it('signs out at once for any other 401, but not for a refused sign-in', async () => {
    const first = world(() => json(401, { code: 'session-ended' }))
    await expect(first.send(request('/api/v1/customers'))).rejects.toBeInstanceOf(Problem)
    expect(paths(first.seen)).toEqual(['GET /api/v1/customers'])
    expect(first.signedOut).toHaveBeenCalledTimes(1)

    const second = world(() => json(401, { code: 'wrong-credentials' }))
    await expect(second.send(request('/api/v1/session', { method: 'POST', body: '{}' }))).rejects.toMatchObject({ code: 'wrong-credentials' })
    expect(second.signedOut).not.toHaveBeenCalled()
  })

  it('turns an answer into a typed problem with its fields', async () => {
    const errors = [{ field: 'phones.0.number', code: 'invalid', message: 'Eleven digits' }]
    const { send } = world(() => json(422, { code: 'invalid', title: 'No', detail: 'Look', errors, request_id: 'R-1' }))
    const problem = await send(request('/api/v1/customers', { method: 'POST', body: '{}' })).catch((thrown: unknown) => thrown as Problem)
    expect(problem).toMatchObject({ status: 422, code: 'invalid', message: 'Look', requestId: 'R-1', errors })
  })

  it('reads Retry-After, and answers that are not JSON', async () => {
    const limited = world(() => json(429, { code: 'rate-limited' }, { 'Retry-After': '17' }))
    await expect(limited.send(request('/api/v1/x'))).rejects.toMatchObject({ status: 429, retryAfter: 17 })
    const html = world(() => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } }))
    await expect(html.send(request('/api/v1/x'))).rejects.toMatchObject({ status: 502, code: 'http-502', errors: [] })
  })

  it('says that the server was not reached, and lets an aborted call be an abort', async () => {
    const offline = world(() => {
      throw new TypeError('Failed to fetch')
    })
    await expect(offline.send(request('/api/v1/x'))).rejects.toMatchObject({ status: 0, code: 'unreachable' })

    const controller = new AbortController()
    controller.abort()
    const given = world(() => {
      throw new DOMException('Aborted', 'AbortError')
    })
    await expect(given.send(request('/api/v1/x', { signal: controller.signal }))).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('cookieValue', () => {
  it('finds the whole name only', () => {
    expect(cookieValue('my_gx_csrf=1; gx_csrf=2', 'gx_csrf')).toBe('2')
    expect(cookieValue('', 'gx_csrf')).toBeNull()
  })
})
