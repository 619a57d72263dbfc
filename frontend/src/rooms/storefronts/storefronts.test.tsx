import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import { northside, problem } from '@/test/answers'
import { api } from '@/test/api'
import { example } from '@/test/contract'
import { lincoln } from '@/test/invoices'
import { expectAccessible } from '@/test/show'
import { visit } from '@/test/visit'
import { emptyWorkspace } from '@/test/workspace'

const totals = example('Storefronts')
const page = (data: unknown[]) => ({ data, has_more: false, next_cursor: null, prev_cursor: null })

beforeEach(() => {
  api.use(...emptyWorkspace)
})

function open(address = '', rest: Partial<typeof totals> = {}) {
  const searches: string[] = []
  api.use(
    http.get('*/v1/storefronts', () => HttpResponse.json({ ...totals, ...rest })),
    http.get('*/v1/storefronts/inksoft', ({ request }) => {
      const q = new URL(request.url).searchParams.get('q') ?? ''
      searches.push(q)
      return HttpResponse.json(page([lincoln].filter(({ name }) => name.toLowerCase().includes(q))))
    }),
  )
  return { searches, ...visit(`${northside}/storefronts${address}`) }
}

describe('the shared stores', () => {
  it('show what waits in all of them together, and for how long', async () => {
    open()
    expect(await screen.findByText('37 orders wait for an invoice')).toBeVisible()
    const figure = (name: string) => screen.getByText(name, { selector: 'dt' }).parentElement
    expect(figure('New orders')).toHaveTextContent('37')
    expect(figure('Pieces waiting')).toHaveTextContent('96')
    expect(figure('Waiting for an invoice')).toHaveTextContent('$2,143.00')
    expect(figure('Orders on invoices')).toHaveTextContent('120')
    expect(screen.getByRole('link', { name: '81234567, Lincoln High Spirit Wear' })).toHaveAttribute(
      'href',
      `${northside}/storefronts/inksoft/${lincoln.id}?q=81234567`,
    )
    await expectAccessible()
  })

  it('show each store with its own figures, and a row leads to its orders', async () => {
    open()
    const link = await screen.findByRole('link', { name: 'Lincoln High Spirit Wear' })
    expect(link).toHaveAttribute('href', `${northside}/storefronts/inksoft/${lincoln.id}`)
    const row = within(link.closest('tr') ?? document.body)
    const texts = row.getAllByRole('cell').map((cell) => cell.textContent)
    expect([texts[0], texts[2], texts[3], texts[4], texts[6]]).toEqual([
      'Lincoln High Spirit Wear',
      '37',
      '96',
      '$2,143.00',
      '120',
    ])
  })

  it('are searched by what the address says, and a search is put there', async () => {
    const { user, router, searches } = open('?q=linc')
    await screen.findByRole('link', { name: 'Lincoln High Spirit Wear' })
    const field = screen.getByRole('searchbox', { name: 'Search stores' })
    expect(field).toHaveValue('linc')
    await user.clear(field)
    await user.type(field, 'harbor')
    expect(await screen.findByText('Nothing matches')).toBeVisible()
    expect(router.state.location.search).toEqual({ q: 'harbor' })
    expect([searches[0], searches.at(-1)]).toEqual(['linc', 'harbor'])
    await user.click(screen.getByRole('button', { name: 'Clear search and filters' }))
    await screen.findByRole('link', { name: 'Lincoln High Spirit Wear' })
    expect(router.state.location.search).toEqual({})
  })
})

describe('a shop without shared stores', () => {
  it('is told to link its accounts first', async () => {
    visit(`${northside}/storefronts`)
    expect(await screen.findByText('No accounts are linked')).toBeVisible()
    expect(screen.getByRole('link', { name: 'Go to Accounts' })).toHaveAttribute(
      'href',
      `${northside}/accounts`,
    )
    await expectAccessible()
  })

  it('is told where to share the first store', async () => {
    open('', { shared_store_count: 0 })
    expect(await screen.findByText('No shared stores')).toBeVisible()
    expect(screen.getByRole('link', { name: 'Choose stores to share' })).toHaveAttribute(
      'href',
      `${northside}/stores`,
    )
  })

  it('sees how far the first import is', async () => {
    api.use(http.get('*/v1/sync-runs', () => HttpResponse.json(page([example('SyncRun')]))))
    open()
    const bar = await screen.findByRole('progressbar', { name: 'Orders are being imported from InkSoft' })
    expect(bar).toHaveAttribute('aria-valuetext', '4,200 of 12,000')
    await expectAccessible()
  })
})

it('says what could not be read, and tries again', async () => {
  let down = true
  api.use(
    http.get('*/v1/storefronts/inksoft', () => HttpResponse.json(page([lincoln]))),
    http.get('*/v1/storefronts', () =>
      down ? problem(500, 'internal_error', { request_id: 'req_5' }) : HttpResponse.json(totals),
    ),
  )
  const { user } = visit(`${northside}/storefronts`)
  expect(await screen.findByText('req_5')).toBeVisible()
  down = false
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  await waitFor(() => {
    expect(screen.getByText('37 orders wait for an invoice')).toBeVisible()
  })
})
