import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import { dana, harbor, northside, problem } from '@/test/answers'
import { api } from '@/test/api'
import { complaints } from '@/test/complaints'
import { expectAccessible } from '@/test/show'
import { visit } from '@/test/visit'
import { emptyWorkspace } from '@/test/workspace'

beforeEach(() => {
  window.localStorage.clear()
  api.use(...emptyWorkspace)
})

const heading = (name: string) => screen.findByRole('heading', { name, level: 1 })
const rail = () => within(screen.getByRole('navigation', { name: 'Main' }))

describe('the frame', () => {
  it('leads to every screen that is built, marks where we are, and moves the focus there', async () => {
    const { user } = visit(`${northside}/accounts`)
    await heading('Accounts')
    expect(
      rail()
        .getAllByRole('link')
        .map((link) => link.textContent),
    ).toEqual(['Accounts', 'Stores', 'Storefronts'])
    await user.click(rail().getByRole('link', { name: 'Stores' }))
    await heading('Stores')
    expect(rail().getByRole('link', { name: 'Stores' })).toHaveAttribute('aria-current', 'page')
    expect(screen.getByRole('main')).toHaveFocus()
    expect(document.title).toBe('Stores · Platen')
    await expectAccessible()
  })

  it.each([
    ['accounts', 'Accounts'],
    ['stores', 'Stores'],
    ['storefronts', 'Storefronts'],
  ])('opens %s by its address, without a fault of axe', async (path, name) => {
    visit(`${northside}/${path}`)
    await heading(name)
    await expectAccessible()
  })

  it('collapses, says so, and stays so', async () => {
    const { user } = visit(`${northside}/accounts`)
    await heading('Accounts')
    const button = screen.getByRole('button', { name: 'Collapse navigation' })
    await user.click(button)
    expect(button).toHaveAttribute('aria-pressed', 'true')
    expect(rail().getByRole('link', { name: 'Stores' })).toHaveTextContent('')
    expect(window.localStorage.getItem('platen-rail-collapsed')).toBe('true')
    await expectAccessible()
  })

  it('keeps the screens behind a menu on a phone', async () => {
    const { user } = visit(`${northside}/accounts`)
    await heading('Accounts')
    await user.click(screen.getByRole('button', { name: 'Open navigation' }))
    const menu = await screen.findByRole('dialog', { name: 'Navigation' })
    await user.click(within(menu).getByRole('link', { name: 'Storefronts' }))
    await heading('Storefronts')
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
    })
  })
})

describe('a workspace', () => {
  it('is switched by its address', async () => {
    const { user, router } = visit(`${northside}/stores`)
    await heading('Stores')
    await user.click(screen.getByRole('button', { name: /^Workspace Northside Print Co/ }))
    await user.click(await screen.findByRole('menuitem', { name: 'Harbor Embroidery' }))
    await heading('Accounts')
    expect(router.state.location.pathname).toBe(`${harbor}/accounts`)
    expect(screen.getByRole('button', { name: /^Workspace Harbor Embroidery/ })).toBeVisible()
  })

  it('of somebody else is not there', async () => {
    visit('/w/0192f0c4-7a10-7000-8000-00000000ffff/stores')
    expect(await screen.findByText('There is nothing at this address')).toBeVisible()
  })

  it('that nobody has leads to a way out', async () => {
    api.use(http.get('*/v1/me', () => HttpResponse.json({ ...dana, workspaces: [] })))
    visit('/')
    expect(await screen.findByText('You are in no workspace')).toBeVisible()
  })
})

describe('leaving', () => {
  it('goes to sign-in and forgets everything that was read', async () => {
    api.use(http.delete('*/v1/session', () => new HttpResponse(null, { status: 204 })))
    const { user, client } = visit(`${northside}/accounts`)
    await heading('Accounts')
    await user.click(screen.getByRole('button', { name: /^Signed in as Dana Reyes/ }))
    await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }))
    await heading('Sign in')
    await waitFor(() => {
      expect(client.getQueryCache().getAll()).toEqual([])
    })
  })

  it('says when it did not work', async () => {
    api.use(http.delete('*/v1/session', () => problem(503, 'busy', { request_id: 'req_77' })))
    const { user } = visit(`${northside}/accounts`)
    await heading('Accounts')
    await user.click(screen.getByRole('button', { name: /^Signed in as Dana Reyes/ }))
    await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }))
    expect(await screen.findByText('req_77')).toBeVisible()
    expect(screen.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible()
  })

  it('happens by itself when the session ends under an open screen, and comes back afterwards', async () => {
    const { router, client } = visit(`${northside}/stores`)
    await heading('Stores')
    api.use(http.get('*/v1/me', () => problem(401, 'not_signed_in')))
    await client.invalidateQueries()
    await heading('Sign in')
    expect(router.state.location.search).toEqual({ next: `${northside}/stores` })
  })
})

describe('a service that is down', () => {
  it('is said with the request id, and asked again by a person', async () => {
    let down = true
    api.use(
      http.get('*/v1/me', () =>
        down
          ? problem(500, 'internal_error', { title: 'Internal error', request_id: 'req_9' })
          : HttpResponse.json(dana),
      ),
    )
    const { user } = visit(`${northside}/stores`)
    expect(await screen.findByText('req_9')).toBeVisible()
    await expectAccessible()
    down = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await heading('Stores')
    expect(complaints.splice(0)).not.toEqual([]) // the screen broke, and React says so
  })
})
