import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Link } from '@/api/generated/types.gen'
import { northside, problem } from '@/test/answers'
import { api } from '@/test/api'
import { expectAccessible } from '@/test/show'
import { visit } from '@/test/visit'
import { attempt, emptyWorkspace, linked } from '@/test/workspace'

type User = ReturnType<typeof visit>['user']

beforeEach(() => {
  api.use(...emptyWorkspace)
})

const linkIs = (link: Link) => http.get('*/v1/link', () => HttpResponse.json(link))

/** Fills both cards with an API key and a password, and asks for the check. */
async function check(user: User) {
  await user.type(
    await screen.findByLabelText('Store address'),
    'https://stores.inksoft.com/northside_main/shop',
  )
  await user.type(screen.getByLabelText('InkSoft API key'), 'KEY-1')
  await user.type(screen.getByLabelText('Printavo e-mail'), 'office@northside.example')
  await user.type(screen.getByLabelText('Printavo password'), 'northside-print')
  await user.click(screen.getByRole('button', { name: 'Check both accounts' }))
}

describe('linking two accounts', () => {
  it('names both accounts and their plans, and links only when a person says so', async () => {
    const heard: { path: string; body: unknown; key: string | null }[] = []
    let link: Link = { state: 'unlinked' }
    api.use(
      http.get('*/v1/link', () => HttpResponse.json(link)),
      http.post('*/v1/link/attempts', async ({ request }) => {
        heard.push({
          path: 'attempt',
          body: await request.json(),
          key: request.headers.get('Idempotency-Key'),
        })
        return HttpResponse.json(attempt, { status: 201 })
      }),
      http.post('*/v1/link/attempts/:id/confirmation', async ({ request }) => {
        heard.push({
          path: 'confirmation',
          body: await request.json(),
          key: request.headers.get('Idempotency-Key'),
        })
        link = linked
        return HttpResponse.json(linked, { status: 201 })
      }),
    )
    const { user } = visit(`${northside}/accounts`)
    await check(user)
    const popup = within(await screen.findByRole('dialog', { name: 'Link these two accounts?' }))
    expect(popup.getByText('Northside Print Co')).toBeVisible()
    expect(popup.getByText('InkSoft Unlimited')).toBeVisible()
    expect(popup.getByText('Northside Production')).toBeVisible()
    expect(popup.getByText('Printavo Premium')).toBeVisible()
    expect(popup.getByLabelText('Share orders placed from')).toHaveValue('2026-10-24')
    expect(heard).toEqual([
      {
        path: 'attempt',
        key: null,
        body: {
          inksoft: { store_uri: 'northside_main', api_key: 'KEY-1' },
          printavo: { email: 'office@northside.example', password: 'northside-print' },
        },
      },
    ])
    await expectAccessible()

    await user.click(popup.getByLabelText(/own InkSoft–Printavo link is on/))
    expect(popup.getByText('Every order would arrive twice')).toBeVisible()
    await user.click(popup.getByRole('button', { name: 'Link accounts' }))
    expect(await screen.findByRole('heading', { name: 'Link', level: 2 })).toBeVisible()
    expect(screen.getByText('Connected')).toBeVisible()
    expect(heard[1]).toMatchObject({ body: { share_orders_from: '2026-10-24', native_link: true } })
    expect(heard[1]?.key).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('links nothing when the popup is cancelled, and the focus goes back', async () => {
    api.use(http.post('*/v1/link/attempts', () => HttpResponse.json(attempt, { status: 201 })))
    const { user } = visit(`${northside}/accounts`)
    await check(user)
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Cancel' }))
    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'Check both accounts' })).toHaveFocus()
    })
  })

  it.each([
    [
      'plan_not_eligible',
      { side: 'printavo', plan: 'Standard' },
      'This Printavo account is on the plan Standard.',
    ],
    ['plan_not_eligible', { side: 'inksoft', plan: null }, 'The link needs InkSoft Unlimited.'],
    ['invalid_credentials', { side: 'inksoft' }, 'Could not sign in to InkSoft'],
    ['already_linked', { side: 'printavo' }, 'This Printavo account is linked already'],
  ])('says %s at the side it is about', async (code, extra, words) => {
    api.use(http.post('*/v1/link/attempts', () => problem(409, code, extra)))
    const { user } = visit(`${northside}/accounts`)
    await check(user)
    const alert = await screen.findByRole('alert')
    expect(alert).toHaveTextContent(words)
    const name = extra.side === 'inksoft' ? 'InkSoft' : 'Printavo'
    expect(within(alert.closest('section') ?? alert).getByRole('heading', { name })).toBeVisible()
    await expectAccessible()
  })

  it('says two currencies above both', async () => {
    const currencies = { inksoft_currency: 'CAD', printavo_currency: 'USD' }
    api.use(http.post('*/v1/link/attempts', () => problem(409, 'currency_mismatch', currencies)))
    const { user } = visit(`${northside}/accounts`)
    await check(user)
    expect(await screen.findByRole('alert')).toHaveTextContent('InkSoft is in CAD, Printavo in USD.')
  })
})

describe('a link', () => {
  it('shows both accounts, since when, and how far the first import is', async () => {
    const run = {
      id: 'r1',
      kind: 'first_import',
      state: 'running',
      seen: 4200,
      expected: 12000,
      problem: null,
    }
    api.use(
      linkIs(linked),
      http.get('*/v1/sync-runs', () => HttpResponse.json({ data: [run], has_more: false })),
    )
    visit(`${northside}/accounts`)
    expect(await screen.findByRole('heading', { name: 'InkSoft' })).toBeVisible()
    expect(screen.getByText('office@northside.example')).toBeVisible()
    const bar = await screen.findByRole('progressbar', { name: 'Importing orders from InkSoft' })
    expect(bar).toHaveAttribute('aria-valuenow', '4200')
    await expectAccessible()
  })

  it('says what unlinking means before it is done', async () => {
    const preview = {
      inksoft_account_name: 'Northside Print Co',
      printavo_account_name: 'Northside Production',
      shared_stores: 100,
      unattached_orders: 11880,
      attached_orders: 120,
      operations_in_flight: 0,
      can_disconnect: true,
    }
    let link = linked
    api.use(
      http.get('*/v1/link', () => HttpResponse.json(link)),
      http.get('*/v1/link/disconnection-preview', () => HttpResponse.json(preview)),
      http.delete('*/v1/link', () => {
        link = { state: 'unlinked' }
        return new HttpResponse(null, { status: 204 })
      }),
    )
    const { user } = visit(`${northside}/accounts`)
    await user.click(await screen.findByRole('button', { name: 'Unlink …' }))
    const popup = within(await screen.findByRole('dialog', { name: 'Unlink the two accounts?' }))
    expect(await popup.findByText('11,880')).toBeVisible()
    await expectAccessible()
    await user.click(popup.getByRole('button', { name: 'Unlink' }))
    expect(await screen.findByRole('button', { name: 'Check both accounts' })).toBeVisible()
  })

  it('that needs new credentials asks for one side, here; and has one banner elsewhere', async () => {
    const health = { ok: false, side: 'printavo', since: null, message: 'Printavo signed us out.' } as const
    const sent: unknown[] = []
    let link: Link = { ...linked, state: 'needs_reauth', health }
    api.use(
      http.get('*/v1/link', () => HttpResponse.json(link)),
      http.post('*/v1/link/reauthentication', async ({ request }) => {
        sent.push(await request.json())
        link = linked
        return HttpResponse.json(linked)
      }),
    )
    const { user } = visit(`${northside}/storefronts`)
    await user.click(await screen.findByRole('link', { name: 'Go to Accounts' }))
    await user.type(await screen.findByLabelText('Printavo e-mail'), 'office@northside.example')
    expect(screen.queryByText('Go to Accounts')).not.toBeInTheDocument()
    await user.click(screen.getByText('API token'))
    await user.type(screen.getByLabelText('Printavo API token'), 'TOKEN')
    await expectAccessible()
    await user.click(screen.getByRole('button', { name: 'Reconnect' }))
    expect(await screen.findByText('Connected')).toBeVisible()
    expect(sent).toEqual([{ printavo: { email: 'office@northside.example', api_token: 'TOKEN' } }])
  })
})
