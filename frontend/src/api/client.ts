import { workspaceIn } from '@/lib/workspace-address'
import { localProblem, Problem, problemOf } from './problem'

/** Longer than any call may take: what takes long is an operation that is asked after. */
const PATIENCE = 30_000
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Effects that take no `Idempotency-Key`: each press of the button is a new attempt. */
const KEYLESS = ['/v1/signup', '/v1/session', '/v1/link/attempts']

let whenSignedOut: () => void = () => undefined

/** Says what to do when the service no longer knows who is asking: go to sign-in. */
export function onSignedOut(go: () => void): void {
  whenSignedOut = go
}

/**
 * The one way to the service: names the workspace, makes effects repeatable, and turns everything but success into a
 * `Problem`. A cancelled call stays the `AbortError` that its caller asked for.
 */
export async function call(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init)
  const patience = AbortSignal.timeout(PATIENCE)
  let response: Response
  try {
    response = await fetch(
      new Request(request, { headers: headersOf(request), credentials: 'same-origin' }),
      {
        signal: AbortSignal.any([request.signal, patience]),
      },
    )
  } catch (failure) {
    if (request.signal.aborted) throw failure
    throw localProblem(patience.aborted ? 'timed_out' : 'unreachable')
  }
  if (response.ok) return response
  const problem = await problemOf(response)
  if (problem.code === 'not_signed_in') whenSignedOut()
  throw problem
}

function headersOf(request: Request): Headers {
  const headers = new Headers(request.headers)
  const workspace = workspaceIn(window.location.pathname)
  if (workspace !== undefined && !headers.has('Platen-Workspace')) headers.set('Platen-Workspace', workspace)
  if (SAFE.has(request.method)) return headers
  // The service takes no unsafe call without it, also when there is no body: a form of another site cannot send it.
  headers.set('Content-Type', 'application/json')
  const keyless = KEYLESS.includes(new URL(request.url).pathname)
  if (!keyless && !headers.has('Idempotency-Key')) headers.set('Idempotency-Key', crypto.randomUUID())
  return headers
}

/** True for a failure that may pass by itself and that is safe to ask again (reads only). */
export function mayPass(failure: unknown): boolean {
  return failure instanceof Problem && failure.retryable && failure.code !== 'timed_out'
}

/** Read by the generated client when it starts. */
export function createClientConfig(config?: object) {
  return { ...config, baseUrl: window.location.origin, fetch: call, throwOnError: true as const }
}
