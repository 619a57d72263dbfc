import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import type { InvoiceRead } from '@/api/generated/types.gen'
import { northside, problem } from '@/test/answers'
import { api } from '@/test/api'
import { content, invoice } from '@/test/invoices'
import { expectAccessible } from '@/test/show'
import { visit } from '@/test/visit'
import { emptyWorkspace } from '@/test/workspace'

beforeEach(() => {
  api.use(...emptyWorkspace)
})

/** The page of an invoice that goes through these states, one with each reading; the last one stays. */
function open(...states: Partial<InvoiceRead>[]) {
  const readings: number[] = []
  api.use(
    http.get('*/v1/invoices/:id', () => {
      const state = states[Math.min(readings.length, states.length - 1)]
      readings.push(Date.now())
      return HttpResponse.json(invoice(state))
    }),
  )
  return { readings, ...visit(`${northside}/invoices/${invoice().id}`) }
}

const heading = () => screen.findByRole('heading', { name: 'Invoice 1042', level: 1 })

describe('an invoice', () => {
  it('shows what it holds: sizes in reading order with Other last, imprints, sums and orders', async () => {
    open({})
    await heading()
    expect(screen.getByText('In Printavo', { selector: '[data-tone] span' })).toBeVisible()
    const grid = screen.getByRole('table', { name: 'Sizes of group 1' })
    const heads = within(grid)
      .getAllByRole('columnheader')
      .map((head) => head.textContent)
    expect(heads).toEqual(['Line', 'YM', 'M', 'Other', 'Pieces', 'Price', 'Total'])
    expect(within(grid).getByRole('row', { name: /Heavy Cotton Tee · Navy/ })).toHaveTextContent(
      'Heavy Cotton Tee · NavyG50013OSFA 15$20.00$100.00',
    )
    expect(screen.getByRole('list', { name: 'Imprints of group 1' })).toHaveTextContent(
      'Full Front · Screen Print · Lions Mockup',
    )
    expect(screen.getByRole('row', { name: 'Balance due $0.00' })).toBeVisible()
    const orders = within(screen.getByRole('table', { name: 'Orders on this invoice' }))
    expect(orders.getByRole('row', { name: /^101 Ana Lopez 5 \$114.50/ })).toBeVisible()
    expect(screen.getByRole('link', { name: 'Open in Printavo' })).toHaveAttribute(
      'href',
      'https://www.printavo.com/invoice/abc',
    )
    await expectAccessible()
  })

  it('adds up fees of one kind, and the tax that Printavo computes', async () => {
    const plain = content(11_450)
    const fee = { kind: 'shipping', description: 'Shipping', amount: 725 } as const
    const proof = { ...plain.proof, recomputed_tax_amount: 800, due_amount: 800 }
    open({ content: { ...plain, fees: [fee, fee], proof } })
    await heading()
    const sums = within(screen.getByRole('table', { name: 'Sums' }))
    expect(sums.getAllByRole('row').map((row) => row.textContent)).toEqual([
      'Items$100.00',
      'Shipping$14.50',
      'Sales tax, computed by Printavo$8.00',
      'Invoice total$122.50',
      'Paid in the store-$114.50',
      'Balance due$8.00',
    ])
  })

  it('lists names and numbers when they are wanted, safe to paste into a spreadsheet', async () => {
    const { user } = open({})
    await heading()
    expect(screen.queryByRole('table', { name: 'Names and numbers' })).not.toBeInTheDocument()
    await user.click(screen.getByText('1 personalized piece'))
    const table = await screen.findByRole('table', { name: 'Names and numbers' })
    expect(within(table).getByRole('row', { name: /=LOPEZ/ })).toHaveTextContent(
      'Heavy Cotton Tee · NavyM=LOPEZ7Year: 20271101',
    )
    await user.click(screen.getByRole('button', { name: 'Copy for a spreadsheet' }))
    expect(await navigator.clipboard.readText()).toBe(
      "Heavy Cotton Tee · Navy\tM\t'=LOPEZ\t7\tYear: 2027\t1\t101",
    )
  })

  it('says what was edited in the shop, and that it stays', async () => {
    open({
      differences: [
        { kind: 'edited', field: 'unit_price_amount', wanted: 2_000, remote: 1_850 },
        { kind: 'removed', field: '', wanted: { description: 'Shipping · ref P-AAAAAAAA' }, remote: null },
      ],
    })
    await heading()
    expect(screen.getByText('Edited in shop: 2 things differ in Printavo')).toBeVisible()
    expect(screen.getByText('Price: $18.50 in Printavo, $20.00 by the orders')).toBeVisible()
    expect(screen.getByText('Removed in Printavo: Shipping')).toBeVisible()
  })

  it('that is not there leads back to the storefronts', async () => {
    api.use(http.get('*/v1/invoices/:id', () => problem(404, 'not_found')))
    visit(`${northside}/invoices/${invoice().id}`)
    expect(await screen.findByText('No such invoice')).toBeVisible()
  })
})

describe('the way to Printavo', () => {
  it('is followed until it has ended, and not any longer', async () => {
    const onTheWay = { number: null, pushed_revision: 0, public_url: null }
    const { readings } = open(
      { ...onTheWay, push_state: 'queued' },
      { ...onTheWay, push_state: 'sending' },
      {},
    )
    expect(await screen.findByRole('heading', { name: 'Lincoln High, week 48', level: 1 })).toBeVisible()
    const step = () =>
      screen.getByRole('list', { name: 'On its way to Printavo' }).querySelector('[aria-current]')
    expect(step()).toHaveTextContent('Waiting for its turn')
    await expectAccessible()
    await waitFor(
      () => {
        expect(step()).toHaveTextContent('Being written to Printavo')
      },
      { timeout: 4_000 },
    )
    await waitFor(heading, { timeout: 4_000 })
    expect(screen.queryByRole('list', { name: 'On its way to Printavo' })).not.toBeInTheDocument()
    const read = readings.length
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    expect(readings).toHaveLength(read)
  }, 20_000)

  it('says why it stopped, and goes on when a person says so', async () => {
    const refused = {
      push_state: 'refused',
      pushed_revision: 0,
      push_problem: { code: 'refused', detail: 'Printavo does not know the status Goods to order.' },
    } as const
    const { user } = open(refused)
    await heading()
    expect(screen.getByRole('alert')).toHaveTextContent('Printavo does not know the status Goods to order.')
    const keys: (string | null)[] = []
    api.use(
      http.post('*/v1/invoices/:id/push', ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'))
        if (keys.length === 1) return problem(503, 'busy', { request_id: 'req_8', retryable: true })
        return HttpResponse.json(invoice({ push_state: 'queued', pushed_revision: 0 }), { status: 202 })
      }),
    )
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('req_8')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('list', { name: 'On its way to Printavo' })).toBeVisible()
    expect(keys[0]).not.toBeNull()
    expect(keys[0]).toBe(keys[1])
  })

  it('asks a person to look where we cannot know', async () => {
    open({
      push_state: 'needs_human',
      push_problem: { code: 'unsure', detail: 'A line may be there twice.' },
    })
    await heading()
    expect(screen.getByText('Somebody has to look at this')).toBeVisible()
    expect(screen.getByText(/A line may be there twice/)).toBeVisible()
    expect(screen.getByText('Needs you')).toBeVisible()
  })
})
