import { describe, expect, it, vi } from 'vitest'
import { problemOf } from './problem'

function answer(
  body: unknown,
  { status = 409, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
) {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  })
}

const whole = {
  type: '/problems/plan_not_eligible',
  title: 'Plan not eligible',
  status: 422,
  detail: 'The Printavo plan is too low.',
  instance: '/v1/link/attempts',
  code: 'plan_not_eligible',
  request_id: 'req_7',
  retryable: false,
  errors: [{ pointer: '/printavo/email', code: 'invalid', message: 'Not an e-mail address.' }],
  side: 'printavo',
  plan: 'Standard',
}

describe('a problem document', () => {
  it('is read with its further members', async () => {
    const problem = await problemOf(answer(whole, { status: 422 }))
    expect(problem).toMatchObject({
      code: 'plan_not_eligible',
      status: 422,
      detail: 'The Printavo plan is too low.',
      requestId: 'req_7',
      extra: { side: 'printavo', plan: 'Standard' },
    })
    expect(Object.keys(problem.extra)).toEqual(['side', 'plan'])
  })

  it('tells each field its own fault', async () => {
    const problem = await problemOf(answer(whole))
    expect(problem.messageAt('/printavo/email')).toBe('Not an e-mail address.')
    expect(problem.messageAt('/printavo/password')).toBeUndefined()
  })

  it('drops faults that it cannot read', async () => {
    const problem = await problemOf(answer({ ...whole, errors: [null, 3, { pointer: '/a' }] }))
    expect(problem.errors).toEqual([])
  })
})

describe('an answer that is none', () => {
  it.each([
    [
      'a page of a proxy',
      answer('<h1>Bad Gateway</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } }),
    ],
    ['broken JSON', answer('{', { status: 502 })],
    ['JSON without a code', answer({ oops: true }, { status: 502 })],
  ])('%s is an unexpected answer, and may pass', async (_name, response) => {
    expect(await problemOf(response)).toMatchObject({
      code: 'unexpected_answer',
      status: 502,
      retryable: true,
    })
  })

  it('keeps the request id of the header', async () => {
    const problem = await problemOf(answer('', { status: 500, headers: { 'X-Request-Id': 'req_9' } }))
    expect(problem.requestId).toBe('req_9')
  })
})

describe('how long to wait', () => {
  it.each([
    ['7', 7],
    ['Mon, 23 Nov 2026 12:00:30 GMT', 30],
    ['Mon, 23 Nov 2026 11:59:00 GMT', 0],
    ['soon', undefined],
  ])('%s is %s seconds', async (header, seconds) => {
    vi.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-23T12:00:00Z'))
    const problem = await problemOf(answer(whole, { headers: { 'Retry-After': header } }))
    expect(problem.retryAfter).toBe(seconds)
  })
})
