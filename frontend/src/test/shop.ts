import { http, HttpResponse } from 'msw'
import type { AttachedElsewhere, InvoiceSummary, OrderSummary } from '@/api/generated/types.gen'
import { problem } from './answers'
import { content, falcons, invoice, lincoln } from './invoices'

/** One call that changes something, or that asks for a preview. */
export interface Heard {
  path: string
  body: { order_ids?: string[] } & Record<string, unknown>
  key: string | null
}

/** Says that these orders are on an invoice already: who put them there, and when. */
export function taken(orders: readonly OrderSummary[], by = 'Sam Ito') {
  const where = orders.map((one): AttachedElsewhere => ({
    order_id: one.id,
    order_number: one.number,
    invoice_id: '0192f0c4-7a10-7000-8000-000000000777',
    invoice_number: '1041',
    attached_by: by,
    attached_at: '2026-11-23T08:00:00.000Z',
  }))
  return problem(409, 'order_already_attached', { orders: where })
}

const page = <Row>(data: Row[]) => ({ data, has_more: false, next_cursor: null, prev_cursor: null })

const markOf = (contact: string | null) => `"${contact ?? 'nobody'}"`
const contactOf = (contact: string | null) => ({
  store_id: lincoln.id,
  contact_id: contact && falcons.id,
  contact_name: contact,
  version: contact ? 1 : 0,
})

/** One store and its orders behind the service's own rules: an order is on one invoice, and a contact is needed. */
export function shopFloor(
  orders: OrderSummary[],
  start: { contact?: string | null; invoices?: InvoiceSummary[] } = {},
) {
  const floor = {
    heard: [] as Heard[],
    reads: [] as URLSearchParams[],
    contact: start.contact === undefined ? falcons.company_name : start.contact,
    /** Orders that somebody else put on an invoice. */
    taken: [] as OrderSummary[],
  }
  const hear = async (request: Request) => {
    const body = (await request.json()) as Heard['body']
    floor.heard.push({
      path: new URL(request.url).pathname,
      body,
      key: request.headers.get('Idempotency-Key'),
    })
    return body
  }
  const takenOf = (ids: string[] = []) => floor.taken.filter(({ id }) => ids.includes(id))
  const sumOf = (ids: string[] = []) =>
    orders.filter(({ id }) => ids.includes(id)).reduce((sum, one) => sum + one.total_amount, 0)

  const handlers = [
    http.get('*/v1/storefronts/inksoft/:id', () =>
      HttpResponse.json({ ...lincoln, new_order_count: orders.length - floor.taken.length }),
    ),
    http.get('*/v1/order-feed', ({ request }) => {
      const { searchParams } = new URL(request.url)
      floor.reads.push(searchParams)
      const found = orders
        .filter(({ id }) => !floor.taken.some((one) => one.id === id))
        .filter(({ number }) => number.includes(searchParams.get('q') ?? ''))
      return HttpResponse.json(page(found))
    }),
    http.get('*/v1/invoices', () => HttpResponse.json({ ...page(start.invoices ?? []), hidden_count: 2 })),
    http.get('*/v1/invoices/:id', () => HttpResponse.json(invoice())),
    http.get('*/v1/printavo/contacts', () => HttpResponse.json(page([falcons]))),
    http.get('*/v1/stores/:id/invoice-contact', () =>
      HttpResponse.json(contactOf(floor.contact), { headers: { ETag: markOf(floor.contact) } }),
    ),
    http.put('*/v1/stores/:id/invoice-contact', async ({ request }) => {
      const body = await hear(request)
      if (request.headers.get('If-Match') !== markOf(floor.contact)) {
        return problem(412, 'precondition_failed', { current: contactOf(floor.contact) })
      }
      floor.contact = String(body.contact_name)
      return HttpResponse.json(contactOf(floor.contact))
    }),
    http.post('*/v1/invoice-previews', async ({ request }) => {
      const { order_ids: ids = [] } = await hear(request)
      if (takenOf(ids).length > 0) return taken(takenOf(ids))
      return HttpResponse.json({
        store: { id: lincoln.id, name: lincoln.name },
        content: content(sumOf(ids), { order_count: ids.length }),
        is_sendable: true,
        contact_name: floor.contact,
      })
    }),
    http.post('*/v1/invoices', async ({ request }) => {
      const { order_ids: ids } = await hear(request)
      if (takenOf(ids).length > 0) return taken(takenOf(ids))
      return HttpResponse.json(invoice({ push_state: 'queued', pushed_revision: 0 }), { status: 201 })
    }),
    http.post('*/v1/invoices/:id/attachments', async ({ request }) => {
      await hear(request)
      return HttpResponse.json(invoice(), { status: 201 })
    }),
  ]
  return Object.assign(floor, {
    handlers,
    effects: () => floor.heard.filter(({ path }) => !path.includes('preview')),
  })
}
