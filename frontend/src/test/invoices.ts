import type { InvoiceContent, InvoiceRead, LinePurchasing, OrderSummary } from '@/api/generated/types.gen'
import { example } from './contract'

export const lincoln = example('StorefrontDetail')
export const falcons = example('PrintavoContact')

/** A new order of the store, as the contract shows one. */
export function order(at: number, rest: Partial<OrderSummary> = {}): OrderSummary {
  return {
    ...example('OrderSummary'),
    id: `0192f0c4-7a10-7000-8000-${String(at).padStart(12, '0')}`,
    number: String(at),
    external_id: String(at),
    customer_name: `Shopper ${at}`,
    integration_state: 'in_printavo',
    invoice: null,
    piece_count: 5,
    total_amount: 11_450,
    ...rest,
  }
}

/** What these orders make: youth, adult and Other sizes, a name, a fee; to the cent unless the test says otherwise. */
export function content(total: number, rest: Partial<InvoiceContent> = {}): InvoiceContent {
  return {
    nickname: 'Lincoln High Spirit Wear – 2026-11-23',
    groups: [
      {
        sizes: ['size_ym', 'size_m', 'size_other'],
        lines: [
          {
            name: 'Heavy Cotton Tee',
            item_number: 'G500',
            color: 'Navy',
            description: 'Heavy Cotton Tee · Size: OSFA · M LOPEZ #7 (101) · ref P-74IZBTLS',
            unit_price_amount: 2_000,
            sizes: [
              { size: 'size_other', count: 1, texts: ['OSFA'] },
              { size: 'size_m', count: 3, texts: ['M'] },
              { size: 'size_ym', count: 1, texts: ['YM'] },
            ],
            piece_count: 5,
            total_amount: 10_000,
            personalizations: [
              {
                order_number: '101',
                size: 'M',
                name: '=LOPEZ',
                number: '7',
                values: [['Year', '2027']],
                quantity: 1,
              },
            ],
            purchasing: null,
          },
        ],
        imprints: [
          {
            details: 'Full Front · Screen Print · Lions · ref P-BAT7DQ5I',
            type_of_work_id: null,
            mockup_url: 'https://stores.inksoft.com/front.png',
          },
        ],
        purchasing: null,
      },
    ],
    fees: [{ kind: 'shipping', description: 'Shipping (101 6.50) · ref P-JPPMR6XX', amount: total - 10_000 }],
    discount_amount: 0,
    payment_amount: total,
    proof: {
      orders_amount: total,
      refunds_amount: 0,
      lines_amount: 10_000,
      fees_amount: total - 10_000,
      discount_amount: 0,
      invoice_amount: total,
      collected_amount: total,
      payments_amount: total,
      due_amount: 0,
      difference: 0,
      payment_difference: 0,
      recomputed_tax_amount: 0,
      is_balanced: true,
    },
    findings: [],
    order_count: 1,
    piece_count: 5,
    currency: 'USD',
    ...rest,
  }
}

/** The same with the purchasing of its one line, as the group and the line show it. */
export function contentWith(line: LinePurchasing, total = 11_450): InvoiceContent {
  const made = content(total)
  const { status, source, piece_count, counts } = line
  const groups = made.groups.map((group) => ({
    ...group,
    lines: group.lines.map((one) => ({ ...one, purchasing: line })),
    purchasing: { status, source, piece_count, counts },
  }))
  return { ...made, groups }
}

/** An invoice of the store, as it is shown on its own page. */
export function invoice(rest: Partial<InvoiceRead> = {}): InvoiceRead {
  return {
    ...example('InvoiceSummary'),
    external_id: '9001',
    public_url: 'https://www.printavo.com/invoice/abc',
    status_name: 'Goods to order',
    customer_due_on: '2026-12-07',
    revision: 1,
    pushed_revision: 1,
    push_problem: null,
    content: content(11_450),
    orders: [
      {
        id: order(101).id,
        number: '101',
        customer_name: 'Ana Lopez',
        piece_count: 5,
        total_amount: 11_450,
        version: 3,
        attached_at: '2026-11-21T09:00:00.000Z',
        attached_by: 'Dana Reyes',
      },
    ],
    differences: [],
    read_back_at: '2026-11-21T09:01:00.000Z',
    version: 4,
    ...rest,
  }
}
