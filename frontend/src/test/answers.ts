import { HttpResponse } from 'msw'
import type { Me } from '@/api/generated/types.gen'

/** A problem document as the service sends it. */
export function problem(status: number, code: string, rest: Record<string, unknown> = {}) {
  return HttpResponse.json(
    { code, status, title: 'Refused', detail: 'Because.', request_id: 'req_1', retryable: false, ...rest },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  )
}

export const dana: Me = {
  person: { id: '0192f0c4-7a10-7000-8000-000000000002', name: 'Dana Reyes', email: 'dana@northside.example' },
  workspaces: [
    { id: '0192f0c4-7a10-7000-8000-000000000001', name: 'Northside Print Co', role: 'owner' },
    { id: '0192f0c4-7a10-7000-8000-000000000009', name: 'Harbor Embroidery', role: 'viewer' },
  ],
}

export const northside = '/w/0192f0c4-7a10-7000-8000-000000000001'
export const harbor = '/w/0192f0c4-7a10-7000-8000-000000000009'
