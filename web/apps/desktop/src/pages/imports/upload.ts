import { cookieValue, newKey, Problem, answer, type Import } from '@guanxi/client'
import { api } from '@/api'
import { currentLocale } from '@/i18n'

/** The largest file the server takes. */
export const LARGEST_FILE = 200 * 1024 * 1024

interface Upload {
  signal: AbortSignal
  onProgress: (sent: number, size: number) => void
}

/** Sends a file, telling how much has arrived; `fetch` cannot tell that, so this one call is an XMLHttpRequest. */
export async function upload(file: File, { signal, onProgress }: Upload): Promise<Import> {
  // Also renews a session that has run out, so that 200 MB are not sent in vain.
  await answer(api.GET('/api/v1/session', { signal }))
  const reply = await send(file, signal, onProgress)
  if (!reply.ok) throw await Problem.from(reply)
  return (await reply.json()) as Import
}

function send(file: File, signal: AbortSignal, onProgress: Upload['onProgress']): Promise<Response> {
  const body = new FormData()
  body.append('type', 'customer')
  body.append('file', file)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/v1/imports')
    request.setRequestHeader('Accept-Language', currentLocale())
    request.setRequestHeader('X-CSRF-Token', cookieValue(document.cookie, 'gx_csrf') ?? '')
    request.setRequestHeader('Idempotency-Key', newKey())
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total)
    request.onload = () => resolve(responseOf(request))
    request.onerror = () => reject(Problem.unreachable())
    request.onabort = () => reject(new DOMException('', 'AbortError'))
    signal.addEventListener('abort', () => request.abort())
    request.send(body)
  })
}

function responseOf(request: XMLHttpRequest): Response {
  const headers = new Headers()
  for (const name of ['Content-Type', 'X-Request-Id', 'Retry-After']) {
    const value = request.getResponseHeader(name)
    if (value) headers.set(name, value)
  }
  return new Response(request.responseText, { status: request.status, headers })
}
