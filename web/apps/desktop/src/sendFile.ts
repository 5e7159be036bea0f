import { cookieValue, Problem } from '@guanxi/client'
import { currentLocale } from '@/i18n'

/** How a file is sent: under which key, and who hears how far it is. */
export interface Sending {
  key: string
  signal: AbortSignal
  onProgress: (sent: number, size: number) => void
}

/** Sends a form with a file, telling how much has arrived; `fetch` cannot tell that, so this one call is an XMLHttpRequest. */
export async function sendFile(path: string, body: FormData, { key, signal, onProgress }: Sending): Promise<Response> {
  const reply = await new Promise<Response>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('Accept-Language', currentLocale())
    request.setRequestHeader('X-CSRF-Token', cookieValue(document.cookie, 'gx_csrf') ?? '')
    request.setRequestHeader('Idempotency-Key', key)
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total)
    request.onload = () => resolve(responseOf(request))
    request.onerror = () => reject(Problem.unreachable())
    request.onabort = () => reject(new DOMException('', 'AbortError'))
    signal.addEventListener('abort', () => request.abort())
    request.send(body)
  })
  if (!reply.ok) throw await Problem.from(reply)
  return reply
}

function responseOf(request: XMLHttpRequest): Response {
  const headers = new Headers()
  for (const name of ['Content-Type', 'X-Request-Id', 'Retry-After']) {
    const value = request.getResponseHeader(name)
    if (value) headers.set(name, value)
  }
  return new Response(request.responseText, { status: request.status, headers })
}
