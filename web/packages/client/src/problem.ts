/** One field that the server refused; `field` is a dotted path such as `phones.0.number`. */
export interface FieldError {
  field: string
  code: string
  message: string
}

/** One field of a record that two people changed at the same time. */
export interface FieldConflict {
  field: string
  yours: unknown
  theirs: unknown
}

interface ProblemBody {
  title?: string
  status?: number
  code?: string
  detail?: string
  request_id?: string
  errors?: FieldError[]
  conflicts?: FieldConflict[]
  current?: Record<string, unknown>
  changed_by?: { id: string; name: string } | null
  changed_at?: string
}

/** Every refusal or failure of a call, whether the server answered or could not be reached (`status` 0). */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly requestId: string | null
  readonly errors: readonly FieldError[]
  readonly conflicts: readonly FieldConflict[]
  readonly current: Readonly<Record<string, unknown>> | null
  readonly changedBy: { id: string; name: string } | null
  readonly changedAt: string | null
  /** Seconds to wait before another try, when the server named them. */
  readonly retryAfter: number | null

  constructor(body: ProblemBody, status: number, headers: { requestId?: string | null; retryAfter?: string | null } = {}) {
    super(body.detail || body.title || body.code || `HTTP ${status}`)
    this.status = status
    this.code = body.code ?? (status === 0 ? 'unreachable' : `http-${status}`)
    this.title = body.title ?? ''
    this.detail = body.detail ?? ''
    this.requestId = body.request_id ?? headers.requestId ?? null
    this.errors = body.errors ?? []
    this.conflicts = body.conflicts ?? []
    this.current = body.current ?? null
    this.changedBy = body.changed_by ?? null
    this.changedAt = body.changed_at ?? null
    const seconds = Number(headers.retryAfter)
    this.retryAfter = headers.retryAfter && Number.isFinite(seconds) ? seconds : null
  }

  /** The problem in an answer that is not a success; an answer that is not JSON still becomes one. */
  static async from(response: Response): Promise<Problem> {
    const headers = {
      requestId: response.headers.get('X-Request-Id'),
      retryAfter: response.headers.get('Retry-After'),
    }
    const isJson = (response.headers.get('Content-Type') ?? '').includes('json')
    const body: unknown = isJson ? await response.json().catch(() => ({})) : {}
    return new Problem(typeof body === 'object' && body !== null ? body : {}, response.status, headers)
  }

  /** A call that never reached the server. */
  static unreachable(): Problem {
    return new Problem({}, 0)
  }

  /** Anything thrown, as a problem; a defect of the page itself becomes status -1. */
  static of(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown
    return new Problem({ code: 'page-defect', title: thrown instanceof Error ? thrown.message : String(thrown) }, -1)
  }
}

/** True when the page itself gave the call up, e.g. because a newer one replaced it. */
export function isAbort(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError'
}
