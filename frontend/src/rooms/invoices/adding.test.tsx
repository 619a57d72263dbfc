import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import { create, openDrawer, reopenDrawer, two } from '@/test/adding'
import { northside, problem } from '@/test/answers'
import { api } from '@/test/api'
import { content, falcons, invoice, lincoln, order } from '@/test/invoices'
import { expectAccessible } from '@/test/show'
import { emptyWorkspace } from '@/test/workspace'

beforeEach(() => {
  api.use(...emptyWorkspace)
})

describe('a new invoice', () => {
  it('is shown to the cent before anything is written, and only then made', async () => {
    const { user, drawer, floor, router } = await openDrawer(two())
    expect(await drawer.findByText('Falcons Boosters')).toBeVisible()
    expect(drawer.getByRole('row', { name: 'Invoice total $164.50' })).toBeVisible()
    expect(drawer.getByText(/To the cent: the orders come to \$164.50/)).toBeVisible()
    const lines = within(drawer.getByRole('list', { name: 'Lines of group 1' }))
    expect(lines.getByRole('listitem')).toHaveTextContent(
      'Heavy Cotton Tee · Navy$100.00YM 1M 3OSFA 15 × $20.00G500',
    )
    expect(floor.effects()).toEqual([])
    await expectAccessible()
    await user.type(drawer.getByLabelText('Nickname'), 'Week 48')
    await user.click(await create(drawer))
    await screen.findByRole('heading', { name: 'Invoice 1042', level: 1 })
    expect(router.state.location.pathname).toBe(`${northside}/invoices/${invoice().id}`)
    expect(floor.effects()).toHaveLength(1)
    expect(floor.effects()[0]).toMatchObject({
      path: '/v1/invoices',
      body: { order_ids: [order(101).id, order(102).id], nickname: 'Week 48' },
    })
  })

  it('asks in place who it is made out to, once for the store', async () => {
    const { user, drawer, floor } = await openDrawer([order(101)], { contact: null })
    expect(await drawer.findByText(/Who are invoices of Lincoln High Spirit Wear made out to/)).toBeVisible()
    expect(await create(drawer)).toBeDisabled()
    await expectAccessible()
    await user.click(await drawer.findByRole('button', { name: /Falcons Boosters/ }))
    expect(await drawer.findByText('Falcons Boosters', { selector: 'strong' })).toBeVisible()
    await waitFor(async () => {
      expect(await create(drawer)).toBeEnabled()
    })
    expect(floor.effects()).toMatchObject([
      {
        path: `/v1/stores/${lincoln.id}/invoice-contact`,
        body: { contact_id: '501', contact_name: 'Falcons Boosters' },
      },
    ])
  })

  it('never overwrites whom somebody else chose meanwhile', async () => {
    const { user, drawer, floor } = await openDrawer([order(101)], { contact: null })
    const falconsChoice = await drawer.findByRole('button', { name: /Falcons Boosters/ })
    floor.contact = 'Lions Club'
    await user.click(falconsChoice)
    expect(await drawer.findByText('Lions Club', { selector: 'strong' })).toBeVisible()
    expect(floor.contact).toBe('Lions Club')
  })

  it('is made out to a contact behind the first page of Printavo as well', async () => {
    const { user, drawer, floor } = await openDrawer([order(101)], { contact: null })
    const further = { ...falcons, id: '502', company_name: 'Zebra Swim Club' }
    api.use(
      http.get('*/v1/printavo/contacts', ({ request }) => {
        const isFirst = !new URL(request.url).searchParams.has('cursor')
        return HttpResponse.json({
          data: isFirst ? [falcons] : [further],
          has_more: isFirst,
          next_cursor: isFirst ? 'c1' : null,
          prev_cursor: null,
        })
      }),
    )
    await user.type(await drawer.findByLabelText('Search contacts in Printavo'), 'o')
    await user.click(await drawer.findByRole('button', { name: 'Show more' }))
    expect(drawer.getByRole('button', { name: /Falcons Boosters/ })).toBeVisible()
    await user.click(await drawer.findByRole('button', { name: /Zebra Swim Club/ }))
    expect(drawer.queryByRole('button', { name: 'Show more' })).toBeNull()
    await waitFor(() => {
      expect(floor.effects()).toMatchObject([
        { body: { contact_id: '502', contact_name: 'Zebra Swim Club' } },
      ])
    })
  })

  it('keeps its key when the answer was lost, so that one click is one invoice', async () => {
    const { user, drawer, floor } = await openDrawer([order(101)])
    const keys: (string | null)[] = []
    let lost = true
    api.use(
      http.post('*/v1/invoices', ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'))
        floor.taken = [order(101)] // it was done, though nobody heard of it
        if (lost) return HttpResponse.error()
        return HttpResponse.json(invoice(), { status: 201 })
      }),
    )
    await user.click(await create(drawer))
    expect(await drawer.findByText('No connection to Platen')).toBeVisible()
    lost = false
    await waitFor(async () => {
      expect(await create(drawer)).toBeEnabled()
    })
    await user.click(await create(drawer))
    await screen.findByRole('heading', { name: 'Invoice 1042', level: 1 })
    expect(keys).toHaveLength(2)
    expect(keys[0]).toBe(keys[1])
    expect(floor.effects()).toEqual([])
  })

  it('is not made while the orders do not add up', async () => {
    const { drawer } = await openDrawer([order(101)])
    await create(drawer)
    const wrong = content(11_450, {
      findings: [
        { code: 'does_not_add_up', order_id: order(101).id, details: { order_number: '101', amount: 12 } },
      ],
    })
    api.use(
      http.post('*/v1/invoice-previews', () =>
        HttpResponse.json({
          store: { id: lincoln.id, name: lincoln.name },
          content: { ...wrong, proof: { ...wrong.proof, difference: 12, is_balanced: false } },
          is_sendable: false,
          contact_name: 'Falcons Boosters',
        }),
      ),
    )
    const again = await reopenDrawer()
    expect(await again.findByText('These orders do not add up')).toBeVisible()
    expect(again.getByText(/Orders and invoice differ by \$0.12/)).toBeVisible()
    expect(again.getByRole('button', { name: 'Create invoice' })).toBeDisabled()
  })
})

describe('orders that somebody else took meanwhile', () => {
  it('are named with who, where and when, and the others can go on without them', async () => {
    const orders = two()
    const { user, drawer, floor } = await openDrawer(orders)
    await create(drawer)
    floor.taken = orders.slice(0, 1)
    await user.click(await create(drawer))
    const told = await drawer.findByRole('alert')
    expect(told).toHaveTextContent(/Order 101 is on invoice 1041: Sam Ito put it there/)
    expect(within(told).getByRole('link', { name: 'invoice 1041' })).toBeVisible()
    await waitFor(() => {
      expect(screen.queryByRole('link', { name: '101', hidden: true })).not.toBeInTheDocument()
    })
    await user.click(within(told).getByRole('button', { name: 'Leave out, go on with 1 order' }))
    expect(await screen.findByRole('dialog', { name: 'Add 1 order to an invoice' })).toBeVisible()
    expect(await drawer.findByRole('row', { name: 'Invoice total $50.00' })).toBeVisible()
    await waitFor(async () => {
      expect(await create(drawer)).toBeEnabled()
    })
    await user.click(await create(drawer))
    await screen.findByRole('heading', { name: 'Invoice 1042', level: 1 })
    const [first, second] = floor.effects()
    expect(second?.body.order_ids).toEqual([order(102).id])
    expect(second?.key).not.toBe(first?.key)
  })

  it('leave nothing to add when they were all', async () => {
    const orders = two()
    const { user, drawer, floor } = await openDrawer(orders)
    await create(drawer)
    floor.taken = orders
    await user.click(await create(drawer))
    await user.click(await drawer.findByRole('button', { name: 'Back to the orders' }))
    expect(await screen.findByText('No new orders')).toBeVisible()
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  })

  it('that may not go along are named with the reason', async () => {
    const orders = two()
    const { drawer } = await openDrawer(orders)
    await create(drawer)
    api.use(
      http.post('*/v1/invoice-previews', () =>
        problem(409, 'order_not_shared', {
          orders: [{ order_id: order(101).id, order_number: '101', reason: 'cancelled' }],
        }),
      ),
    )
    const again = await reopenDrawer()
    expect(await again.findByText(/Order 101 is cancelled/)).toBeVisible()
  })
})
