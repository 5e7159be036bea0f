import createClient, { type Client } from 'openapi-fetch'
import type { paths } from './schema'
import type { Complete } from './types'
import { cookieValue, createTransport, type TransportOptions } from './transport'

export { isAbort, Problem, type FieldConflict, type FieldError } from './problem'
export type * from './types'
export { cookieValue }

export type Api = Client<paths, 'application/json'>

/** The typed client of the whole API; every call rejects with a `Problem` when it does not succeed. */
export function createApi(options: TransportOptions): Api {
  return createClient<paths, 'application/json'>({
    baseUrl: globalThis.location?.origin ?? '',
    fetch: createTransport(options),
  })
}

/** The body of a successful answer: `const customer = await answer(api.GET(...))`. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<Complete<Exclude<T, undefined>>> {
  return (await call).data as Complete<Exclude<T, undefined>>
}

/** Headers of a creating call: the server carries a key out once, however often it arrives. */
export function once(key: string): { headers: Record<string, string> } {
  return { headers: { 'Idempotency-Key': key } }
}

/** Headers of a changing call: refused with 412 when the record has another version by now. */
export function ifMatch(version: number, key?: string): { headers: Record<string, string> } {
  return { headers: { 'If-Match': `"${version}"`, ...(key ? { 'Idempotency-Key': key } : {}) } }
}

/** A fresh key for `once`; also where the page is not served over https and `randomUUID` is missing. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
