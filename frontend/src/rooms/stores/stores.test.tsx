import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import type { StoreRead, SyncRun } from '@/api/generated/types.gen'
import { northside, problem } from '@/test/answers'
import { api } from '@/test/api'
import { expectAccessible } from '@/test/show'
import { stockroom, store } from '@/test/stores'
import { visit } from '@/test/visit'
import { emptyWorkspace } from '@/test/workspace'

const oak = store(1, { name: 'Oak Ridge', status: 'closed' })
const elm = store(2, { name: 'Elm Park', closes_at: '2026-12-04T18:00:00.000Z', is_embedded: true })
const proposals = store(3, { name: 'Proposals', external_id: 'proposals', kind: 'proposals' })

function open(stores: StoreRead[], address = '/stores', start = {}) {
  const room = stockroom(stores, start)
  api.use(...room.handlers)
  return { room, ...visit(northside + address) }
}

beforeEach(() => {
  api.use(...emptyWorkspace)
})

describe('the table of stores', () => {
  it('shows each store with its figures, and a row leads to its orders', async () => {
    open([oak, elm, proposals], '/stores', { mode: 'selected', selected_store_ids: [elm.id] })
    const link = await screen.findByRole('link', { name: /^Elm Park/ })
    expect(link).toHaveAttribute('href', `${northside}/storefronts/inksoft/${elm.id}`)
    const cells = within(link.closest('tr') ?? document.body).getAllByRole('cell')
    expect(cells.slice(1, -1).map((cell) => cell.textContent)).toEqual([
      'Elm Park 70002 · Designer · until Dec 4, 2026',
      'Shared',
      '412',
      '37',
      '96',
      '$2,143.00',
      '120',
    ])
    expect(screen.getByRole('link', { name: 'Oak Ridge 70001 · Closed' })).toBeVisible()
    expect(screen.getByRole('link', { name: 'Proposals' })).toBeVisible()
    await expectAccessible()
  })

  it('is one stop for Tab: the row that has the keyboard, with its box and its menu', async () => {
    const { user } = open([oak, elm])
    await screen.findByRole('link', { name: /^Elm Park/ })
    await user.keyboard('jj')
    const stops = [...screen.getByRole('table').querySelectorAll<HTMLElement>('tbody :is(a, button, input)')]
    expect(
      stops.filter(({ tabIndex }) => tabIndex === 0).map((stop) => stop.ariaLabel ?? stop.textContent),
    ).toEqual(['Select Elm Park 70002', expect.stringMatching(/^Elm Park/), 'Actions for Elm Park'])
  })

  it('is searched and filtered by its address', async () => {
    const { room, user, router } = open([oak, elm], '/stores', {
      mode: 'selected',
      selected_store_ids: [elm.id],
    })
    await user.type(await screen.findByRole('searchbox', { name: 'Search stores' }), 'oak')
    await waitFor(() => {
      expect(screen.queryByRole('link', { name: /^Elm Park/ })).not.toBeInTheDocument()
    })
    await user.click(screen.getByRole('radio', { name: 'Not shared' }))
    await waitFor(() => {
      expect(router.state.location.search).toEqual({ q: 'oak', show: 'unshared' })
    })
    await waitFor(() => {
      expect(room.reads.at(-1)).toBe('?q=oak&shared=false&limit=100')
    })
    await user.click(screen.getByRole('radio', { name: 'Shared' }))
    await user.click(await screen.findByRole('button', { name: 'Clear search and filters' }))
    expect(await screen.findByRole('link', { name: /^Elm Park/ })).toBeVisible()
    expect(router.state.location.search).toEqual({})
  })
})

describe('adding a store by its address', () => {
  it('says at the field when there is none, and shows the one that was found', async () => {
    const stores = [oak]
    const { user, router } = open(stores, '/stores')
    api.use(
      http.post('*/v1/stores', async ({ request }) => {
        const { store_uri } = (await request.json()) as { store_uri: string }
        if (store_uri !== 'https://stores.inksoft.com/elm') {
          return problem(422, 'store_not_found', { detail: 'InkSoft has no store at this address.' })
        }
        stores.push(elm)
        return HttpResponse.json(elm, { status: 201 })
      }),
    )
    await user.click(await screen.findByRole('button', { name: 'Add a store' }))
    const drawer = within(await screen.findByRole('dialog', { name: 'Add a store' }))
    expect(router.state.location.search).toEqual({ add: 'store' })
    const field = drawer.getByLabelText('Store address')
    await user.type(field, 'elmm{Enter}')
    await waitFor(() => {
      expect(field).toHaveAccessibleDescription(/InkSoft has no store at this address/)
    })
    await expectAccessible()
    await user.clear(field)
    await user.type(field, ' https://stores.inksoft.com/elm {Enter}')
    expect(await screen.findByText('Elm Park is in the list.')).toBeVisible()
    expect(await screen.findByRole('link', { name: /^Elm Park/ })).toBeVisible()
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
    })
    expect(router.state.location.search).toEqual({ q: 'Elm Park' })
  })

  it('says what else is in the way', async () => {
    const { user } = open([oak], '/stores?add=store')
    api.use(http.post('*/v1/stores', () => problem(409, 'store_of_another_account', { title: 'Not yours' })))
    await user.type(await screen.findByLabelText('Store address'), 'elm{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('Not yours')
  })
})

describe('a table without stores', () => {
  it('leads to Accounts while nothing is linked', async () => {
    api.use(http.get('*/v1/sharing', () => problem(409, 'not_linked')))
    visit(`${northside}/stores`)
    expect(await screen.findByRole('link', { name: 'Go to Accounts' })).toHaveAttribute(
      'href',
      `${northside}/accounts`,
    )
    expect(screen.queryByRole('switch')).not.toBeInTheDocument()
    await expectAccessible()
  })

  it('offers to add one when none was seen yet', async () => {
    const { user } = open([])
    await screen.findByText('No stores yet')
    await user.click(screen.getByRole('button', { name: 'Add a store' }))
    expect(await screen.findByRole('dialog', { name: 'Add a store' })).toBeVisible()
  })

  it('shows how far the first import is, and what it brings as it comes', async () => {
    const stores: StoreRead[] = []
    const run = { kind: 'first_import', state: 'running', seen: 1200, expected: 12_000, details_read: 50 }
    const running = { ...run } as SyncRun
    api.use(http.get('*/v1/sync-runs', () => HttpResponse.json({ data: [running], has_more: false })))
    const { client } = open(stores)
    // The handlers of the room came later: they do not answer for runs.
    expect(await screen.findByText('Stores are on their way')).toBeVisible()
    const bar = screen.getByRole('progressbar', { name: 'Orders are being imported from InkSoft' })
    expect(bar).toHaveAttribute('aria-valuenow', '1200')
    stores.push(oak)
    running.seen = 4200
    await client.invalidateQueries()
    expect(await screen.findByRole('link', { name: /^Oak Ridge/ }, { timeout: 5_000 })).toBeVisible()
    expect(screen.getByText('4,200 of 12,000')).toBeVisible()
  })

  it('that could not be read says why, with the id to quote, and tries again', async () => {
    const { user } = open([oak])
    let down = true
    api.use(
      http.get('*/v1/stores', () =>
        down ? problem(500, 'internal_error', { title: 'Internal error', request_id: 'req_5' }) : undefined,
      ),
    )
    expect(await screen.findByText('req_5')).toBeVisible()
    down = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('link', { name: /^Oak Ridge/ })).toBeVisible()
  })
})
