import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import type { OrderSummary } from '@/api/generated/types.gen'
import { northside, problem } from '@/test/answers'
import { api } from '@/test/api'
import { example } from '@/test/contract'
import { lincoln, order } from '@/test/invoices'
import { shopFloor } from '@/test/shop'
import { expectAccessible } from '@/test/show'
import { visit } from '@/test/visit'
import { emptyWorkspace } from '@/test/workspace'

const feed = `${northside}/storefronts/inksoft/${lincoln.id}`

function open(orders: OrderSummary[], address = '') {
  const floor = shopFloor(orders)
  api.use(...floor.handlers)
  return { floor, ...visit(feed + address) }
}

const link = (name: string) => screen.findByRole('link', { name })
const cellsOf = (row: HTMLElement) =>
  within(row.closest('tr') ?? document.body)
    .getAllByRole('cell')
    .map((cell) => cell.textContent)

beforeEach(() => {
  api.use(...emptyWorkspace)
})

describe('the feed of a store', () => {
  it('opens with what is new: number and customer first, figures last', async () => {
    const { floor } = open([
      order(101, { customer_name: 'Ana Lopez', payment_status: 'not_paid' }),
      order(102),
    ])
    const row = await link('101')
    expect(cellsOf(row).slice(1, 4)).toEqual(['101', 'Ana Lopez', 'Not paid'])
    expect(cellsOf(row).slice(-2)).toEqual(['5', '$114.50'])
    expect(screen.getByRole('heading', { name: 'Lincoln High Spirit Wear', level: 1 })).toBeVisible()
    expect(floor.reads[0]?.get('view')).toBe('new')
    expect(floor.reads[0]?.get('store_id')).toBe(lincoln.id)
    expect(screen.getByRole('link', { name: /^New/ })).toHaveAttribute('aria-current', 'page')
    await expectAccessible()
  })

  it('shows other orders by tab, with their state and invoice, and the tab is in the address', async () => {
    const attached = order(103, {
      integration_state: 'attached',
      invoice: { id: order(900).id, number: '1042' },
    })
    const { user, floor, router } = open([attached], '?q=103')
    await link('103')
    await user.click(screen.getByRole('link', { name: 'Attached' }))
    await waitFor(() => {
      expect(floor.reads.at(-1)?.get('view')).toBe('attached')
    })
    expect(router.state.location.search).toEqual({ view: 'attached', q: '103' })
    expect(await screen.findByText('Attached', { selector: '[data-tone] span' })).toBeVisible()
    expect(await link('1042')).toHaveAttribute('href', `${northside}/invoices/${order(900).id}`)
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'Attached' })).toHaveAttribute('aria-current', 'page')
    expect(screen.getByRole('link', { name: /^New/ })).not.toHaveAttribute('aria-current')
  })

  it('says of an attached order that it was cancelled since', async () => {
    open([order(104, { integration_state: 'attached', status: 'cancelled' })], '?view=all')
    const row = await link('104')
    expect(cellsOf(row)[2]).toBe('AttachedCancelled')
  })

  it('is searched, and says when nothing matches', async () => {
    const { user, router } = open([order(101)])
    await link('101')
    await user.type(screen.getByRole('searchbox', { name: 'Search orders' }), '999')
    expect(await screen.findByText('Nothing matches')).toBeVisible()
    expect(router.state.location.search).toEqual({ q: '999' })
    await user.click(screen.getByRole('button', { name: 'Clear search and filters' }))
    expect(await link('101')).toBeVisible()
  })

  it('opens an order to look into, by its address too', async () => {
    api.use(http.get('*/v1/orders/:id', () => HttpResponse.json(example('OrderDetail'))))
    const { user, router } = open([order(101)])
    await user.click(await link('101'))
    const drawer = within(await screen.findByRole('dialog', { name: 'Order 81234567' }))
    expect(await drawer.findByText('Heavy Cotton Tee · Navy · 2XL')).toBeVisible()
    expect(drawer.getByText('Full Front · Screen Print · Lincoln Lions · White, Gold')).toBeVisible()
    expect(drawer.getByText('LOPEZ #7')).toBeVisible()
    const front = 'https://stores.inksoft.com/previews/55501-front.png'
    expect(drawer.getByRole('link', { name: 'Mockup' })).toHaveAttribute('href', front)
    expect(drawer.getByRole('row', { name: 'Total $114.50' })).toBeVisible()
    expect(router.state.location.search).toEqual({ order: order(101).id })
    await expectAccessible()
    await user.keyboard('{Escape}')
    await waitFor(() => {
      expect(router.state.location.search).toEqual({})
    })
  })
})

describe('picking orders', () => {
  it('adds up orders, pieces and money, and forgets them in another tab', async () => {
    const { user } = open([order(101), order(102, { piece_count: 12, total_amount: 2_050 })])
    await link('101')
    expect(screen.queryByRole('button', { name: 'Add to invoice' })).not.toBeInTheDocument()
    await user.click(screen.getByRole('checkbox', { name: /all loaded/ }))
    const bar = screen.getByRole('group', { name: 'Selection' })
    expect(bar).toHaveTextContent('2 selected17 pieces$135.00')
    await user.click(screen.getByRole('link', { name: 'All' }))
    await waitFor(() => {
      expect(bar).not.toBeInTheDocument()
    })
  })

  it('takes every order that matches, also those that are not loaded', async () => {
    const { user, floor } = open([order(101), order(102)])
    await link('101')
    await user.click(screen.getByRole('checkbox', { name: 'Select 101' }))
    await user.click(screen.getByRole('button', { name: 'Select all 2 that match' }))
    expect(await screen.findByText('10 pieces')).toBeVisible()
    expect(floor.reads.at(-1)?.get('limit')).toBe('200')
  })

  it('starts anew after a reload: an address alone adds nothing', async () => {
    const { user, router } = open([order(101)], '?add=new')
    await user.click(await screen.findByRole('checkbox', { name: 'Select 101' }))
    expect(router.state.location.search).toEqual({})
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  })

  it('stops at as many as an invoice takes at a time', async () => {
    const { user } = open(Array.from({ length: 201 }, (_, at) => order(1_000 + at)))
    await link('1000')
    await user.click(screen.getByRole('checkbox', { name: /all loaded/ }))
    expect(screen.getByText('An invoice takes 200 orders at a time')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Add to invoice' })).not.toBeInTheDocument()
    await user.keyboard('a')
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  })
})

describe('a feed without orders', () => {
  it('says that everything is done', async () => {
    open([])
    expect(await screen.findByText('No new orders')).toBeVisible()
    await expectAccessible()
  })

  it('says that they are on their way while the first import runs', async () => {
    const page = { data: [example('SyncRun')], has_more: false, next_cursor: null, prev_cursor: null }
    api.use(http.get('*/v1/sync-runs', () => HttpResponse.json(page)))
    open([])
    expect(await screen.findByText('Orders are on their way')).toBeVisible()
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuetext', '4,200 of 12,000')
  })

  it('leads to the accounts when they are not linked', async () => {
    api.use(...shopFloor([]).handlers)
    api.use(http.get('*/v1/storefronts/inksoft/:id', () => problem(409, 'not_linked')))
    visit(feed)
    expect(await screen.findByText('No accounts are linked')).toBeVisible()
  })

  it('says that the store no longer shares', async () => {
    api.use(...shopFloor([order(101)]).handlers)
    api.use(http.get('*/v1/storefronts/inksoft/:id', () => HttpResponse.json({ ...lincoln, shared: false })))
    visit(feed)
    expect(await screen.findByText('This store does not share its orders')).toBeVisible()
  })
})
