/** What went wrong, as the service says it (RFC 9457), or as we must say it when no answer of the service came. */
export interface InputFault {
  /** A JSON pointer into the body, or a parameter's name. */
  pointer: string
  code: string
  message: string
}

/** Codes of our own, for answers that never were the service's. */
export type LocalCode = 'unreachable' | 'timed_out' | 'unexpected_answer'

export interface ProblemMembers {
  code: string
  status: number
  title: string
  detail: string
  request_id: string | undefined
  retryable: boolean
  errors: InputFault[]
  /** Seconds that the service asks us to wait. */
  retry_after: number | undefined
  /** Members beyond the standard ones, by code: `side` and `plan` of `plan_not_eligible` … */
  extra: Record<string, unknown>
}

/** Every failed call ends in one of these. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly requestId: string | undefined
  readonly retryable: boolean
  readonly errors: readonly InputFault[]
  readonly retryAfter: number | undefined
  readonly extra: Readonly<Record<string, unknown>>

  constructor(members: ProblemMembers) {
    super(`${members.code}: ${members.detail}`)
    this.code = members.code
    this.status = members.status
    this.title = members.title
    this.detail = members.detail
    this.requestId = members.request_id
    this.retryable = members.retryable
    this.errors = members.errors
    this.retryAfter = members.retry_after
    this.extra = members.extra
  }

  /** The message for one field of the form, by its JSON pointer (`/email`). */
  messageAt(pointer: string): string | undefined {
    return this.errors.find((fault) => fault.pointer === pointer)?.message
  }
}

const STANDARD = [
  'type',
  'title',
  'status',
  'detail',
  'instance',
  'code',
  'request_id',
  'errors',
  'retryable',
]

/** Reads a refused answer. What is no problem document (a proxy's page, say) becomes `unexpected_answer`. */
export async function problemOf(response: Response): Promise<Problem> {
  const requestId = response.headers.get('X-Request-Id') ?? undefined
  const body = await documentOf(response)
  const told = body !== undefined && typeof body.code === 'string'
  return new Problem({
    code: told ? textOf(body.code, '') : 'unexpected_answer',
    status: response.status,
    title: textOf(body?.title, ''),
    detail: textOf(body?.detail, ''),
    request_id: textOf(body?.request_id, requestId ?? '') || undefined,
    retryable: told ? body.retryable === true : response.status >= 500,
    errors: Array.isArray(body?.errors) ? body.errors.filter(isFault) : [],
    retry_after: secondsOf(response.headers.get('Retry-After')),
    extra: Object.fromEntries(Object.entries(body ?? {}).filter(([name]) => !STANDARD.includes(name))),
  })
}

/** A problem of the way there: nothing of the service was heard. */
export function localProblem(code: LocalCode): Problem {
  return new Problem({
    code,
    status: 0,
    title: '',
    detail: '',
    request_id: undefined,
    retryable: true,
    errors: [],
    retry_after: undefined,
    extra: {},
  })
}

async function documentOf(response: Response): Promise<Record<string, unknown> | undefined> {
  if (!response.headers.get('Content-Type')?.startsWith('application/problem+json')) return undefined
  try {
    const body: unknown = await response.json()
    return typeof body === 'object' && body !== null ? { ...body } : undefined
  } catch {
    return undefined
  }
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}

function isFault(value: unknown): value is InputFault {
  if (typeof value !== 'object' || value === null) return false
  const { pointer, code, message } = value as Record<string, unknown>
  return [pointer, code, message].every((member) => typeof member === 'string')
}

/** `Retry-After` in seconds; its date form is read too. */
function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined
}
