import { http, HttpResponse } from 'msw'
import type { SharingRead, StoreRead } from '@/api/generated/types.gen'
import { problem } from './answers'

/** A store as the service shows it; shared or not is decided by `stockroom`. */
export function store(at: number, rest: Partial<StoreRead> = {}): StoreRead {
  return {
    id: `0192f0c4-7a10-7000-8000-${String(at).padStart(12, '0')}`,
    external_id: String(70_000 + at),
    name: `Store ${String(at).padStart(3, '0')}`,
    kind: 'store',
    store_uri: null,
    status: 'open',
    closes_at: null,
    is_embedded: false,
    shared: false,
    discovered_at: '2026-11-02T08:12:00.000Z',
    figures: {
      order_count: 412,
      open_order_count: 37,
      open_piece_count: 96,
      open_amount: 214_300,
      attached_order_count: 120,
    },
    currency: 'USD',
    version: 1,
    ...rest,
  }
}

/** What a test hears of the calls. */
interface Heard {
  method: string
  body: unknown
  workspace: string | null
  ifMatch: string | null
}

/** The stores of a linked account, shared by the service's own rules (S1, S2), with the ETag that guards them. */
export function stockroom(stores: StoreRead[], start: Partial<SharingRead> = {}) {
  const heard: Heard[] = []
  const reads: string[] = []
  const sharing: SharingRead = {
    mode: 'none',
    selected_store_ids: [],
    excluded_store_ids: [],
    version: 1,
    ...start,
  }
  const shared = (id: string) =>
    sharing.mode === 'all'
      ? !sharing.excluded_store_ids.includes(id)
      : sharing.mode === 'selected' && sharing.selected_store_ids.includes(id)
  const now = (one: StoreRead): StoreRead => ({ ...one, shared: shared(one.id) })
  const tagged = () => HttpResponse.json(sharing, { headers: { ETag: `"v${sharing.version}"` } })
  const mark = (ids: string[], on: boolean) => {
    if (sharing.mode === 'none' && on) Object.assign(sharing, { mode: 'selected', selected_store_ids: [] })
    const list = sharing.mode === 'all' ? 'excluded_store_ids' : 'selected_store_ids'
    const listed = sharing.mode === 'all' ? !on : on
    sharing[list] = [...sharing[list].filter((id) => !ids.includes(id)), ...(listed ? ids : [])]
    sharing.version += 1
  }
  const hear = async (request: Request) => {
    const body: unknown = await request.json()
    heard.push({
      method: request.method,
      body,
      workspace: request.headers.get('Platen-Workspace'),
      ifMatch: request.headers.get('If-Match'),
    })
    return body
  }

  const handlers = [
    http.get('*/v1/stores', ({ request }) => {
      const { search, searchParams } = new URL(request.url)
      reads.push(search)
      const [q, only] = [searchParams.get('q') ?? '', searchParams.get('shared')]
      const data = stores
        .map(now)
        .filter(({ name }) => name.toLowerCase().includes(q.toLowerCase()))
        .filter((one) => only === null || String(one.shared) === only)
      return HttpResponse.json({ data, has_more: false, next_cursor: null, prev_cursor: null })
    }),
    http.get('*/v1/sharing', tagged),
    http.put('*/v1/sharing', async ({ request }) => {
      const body = await hear(request)
      if (request.headers.get('If-Match') !== `"v${sharing.version}"`) {
        return problem(412, 'precondition_failed', { current: sharing, request_id: 'req_412' })
      }
      Object.assign(sharing, body, { version: sharing.version + 1 })
      return tagged()
    }),
    http.post('*/v1/stores/bulk-sharing', async ({ request }) => {
      const { store_ids, shared: on } = (await hear(request)) as { store_ids: string[]; shared: boolean }
      const known = new Map(stores.map((one) => [one.id, one]))
      mark(
        store_ids.filter((id) => known.has(id)),
        on,
      )
      const results = store_ids.map((id, index) => {
        const found = known.get(id)
        return found
          ? { index, status: 200, data: now(found), problem: null }
          : { index, status: 404, data: null, problem: { detail: 'No such store.', request_id: 'req_404' } }
      })
      return HttpResponse.json({ results })
    }),
  ]
  return { handlers, heard, reads, sharing, mark }
}
