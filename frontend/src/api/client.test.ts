import { http, HttpResponse } from 'msw'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '@/test/api'
import { call, mayPass, onSignedOut } from './client'
import { Problem } from './problem'

const ORDERS = 'http://localhost:3000/v1/orders'

/** Answers every call and keeps what was asked. */
function listening(answer: () => Response = () => HttpResponse.json({})): Request[] {
  const heard: Request[] = []
  api.use(
    http.all('*/v1/*', ({ request }) => {
      heard.push(request.clone())
      return answer()
    }),
  )
  return heard
}

const refused = (status: number, code: string) => () =>
  HttpResponse.json(
    { code, status, title: 'Refused', detail: 'Because.', request_id: 'req_1', retryable: false },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  )

async function problemFrom(calling: Promise<Response>): Promise<Problem> {
  const failure: unknown = await calling.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(failure instanceof Problem)) throw new Error('no problem was thrown')
  return failure
}

beforeEach(() => {
  window.history.replaceState(null, '', '/w/0198-shop/stores')
})
afterEach(() => {
  window.history.replaceState(null, '', '/')
  onSignedOut(() => undefined)
})

describe('a call', () => {
  it('names the workspace of the address', async () => {
    const heard = listening()
    await call(ORDERS)
    expect(heard[0]?.headers.get('Platen-Workspace')).toBe('0198-shop')
  })

  it('names none outside a workspace', async () => {
    window.history.replaceState(null, '', '/sign-in')
    const heard = listening()
    await call(ORDERS)
    expect(heard[0]?.headers.has('Platen-Workspace')).toBe(false)
  })

  it('carries its body as JSON, and says JSON when there is none', async () => {
    const heard = listening()
    await call(ORDERS, { method: 'POST', body: '{"a":1}' })
    await call(ORDERS, { method: 'DELETE' })
    expect(await heard[0]?.json()).toEqual({ a: 1 })
    expect(heard.map((request) => request.headers.get('Content-Type'))).toEqual([
      'application/json',
      'application/json',
    ])
  })

  it('stays the abort that its caller asked for', async () => {
    listening()
    const stop = new AbortController()
    const calling = call(ORDERS, { signal: stop.signal })
    stop.abort()
    await expect(calling).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('the key of an effect', () => {
  it('is a new one for each effect, and none for reads', async () => {
    const heard = listening()
    await call(ORDERS)
    await call(ORDERS, { method: 'POST' })
    await call(ORDERS, { method: 'POST' })
    const keys = heard.map((request) => request.headers.get('Idempotency-Key'))
    expect(keys[0]).toBeNull()
    expect(new Set(keys).size).toBe(3)
  })

  it('is the one that the caller keeps for a retry', async () => {
    const heard = listening()
    await call(ORDERS, { method: 'POST', headers: { 'Idempotency-Key': 'mine' } })
    expect(heard[0]?.headers.get('Idempotency-Key')).toBe('mine')
  })

  it.each(['/v1/signup', '/v1/session', '/v1/link/attempts'])('is not sent to %s', async (path) => {
    const heard = listening()
    await call(`http://localhost:3000${path}`, { method: 'POST' })
    expect(heard[0]?.headers.has('Idempotency-Key')).toBe(false)
  })

  it('is sent with the confirmation of a link, which stands under an attempt', async () => {
    const heard = listening()
    await call('http://localhost:3000/v1/link/attempts/7/confirmation', { method: 'POST' })
    expect(heard[0]?.headers.has('Idempotency-Key')).toBe(true)
  })
})

describe('a refused call', () => {
  it('is thrown as its problem', async () => {
    listening(refused(409, 'order_already_attached'))
    await expect(problemFrom(call(ORDERS))).resolves.toMatchObject({
      code: 'order_already_attached',
      status: 409,
      requestId: 'req_1',
    })
  })

  it('goes to sign-in when the session is over, and not for a wrong password', async () => {
    const go = vi.fn()
    onSignedOut(go)
    listening(refused(401, 'wrong_credentials'))
    await problemFrom(call(ORDERS))
    expect(go).not.toHaveBeenCalled()
    listening(refused(401, 'not_signed_in'))
    await problemFrom(call(ORDERS))
    expect(go).toHaveBeenCalledOnce()
  })

  it('is told apart from a service that cannot be reached', async () => {
    listening(() => HttpResponse.error())
    const problem = await problemFrom(call(ORDERS))
    expect(problem.code).toBe('unreachable')
    expect(mayPass(problem)).toBe(true)
  })

  it('is told apart from a service that never answers', async () => {
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort())
    listening()
    await expect(problemFrom(call(ORDERS))).resolves.toMatchObject({ code: 'timed_out' })
  })
})
