import { screen, waitFor, within } from '@testing-library/react'
import { delay, http } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import { harbor, northside, problem } from '@/test/answers'
import { api } from '@/test/api'
import { expectAccessible } from '@/test/show'
import { stockroom, store } from '@/test/stores'
import { visit } from '@/test/visit'
import { emptyWorkspace } from '@/test/workspace'

const [oak, elm, ash] = [
  store(1, { name: 'Oak Ridge' }),
  store(2, { name: 'Elm Park' }),
  store(3, { name: 'Ash Grove' }),
]

/** The screen of Stores over this stockroom. */
function open(room: ReturnType<typeof stockroom>, address = '/stores') {
  api.use(...room.handlers)
  return visit(northside + address)
}

const theSwitch = () => screen.findByRole('switch', { name: 'Share all orders with Printavo' })
const row = (name: string) =>
  within(screen.getByRole('link', { name: new RegExp(`^${name}`) }).closest('tr') ?? document.body)
const picked = (name: string) => screen.findByRole('checkbox', { name: new RegExp(`^Select ${name}`) })

async function choose(user: ReturnType<typeof visit>['user'], name: string, item: string) {
  await user.click(await screen.findByRole('button', { name: `Actions for ${name}` }))
  await user.click(await screen.findByRole('menuitem', { name: item }))
}

beforeEach(() => {
  api.use(...emptyWorkspace)
})

describe('sharing all orders', () => {
  it('is one switch, guarded by the version that was read, and can be undone', async () => {
    const room = stockroom([oak, elm], { version: 7 })
    const { user } = open(room)
    expect(await screen.findByText('No store shares its orders.')).toBeVisible()
    await user.click(await theSwitch())
    expect(await theSwitch()).toBeChecked()
    await waitFor(() => {
      expect(row('Oak Ridge').getByText('Shared')).toBeVisible()
    })
    expect(room.heard).toMatchObject([{ method: 'PUT', body: { mode: 'all' }, ifMatch: '"v7"' }])
    await expectAccessible()

    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => {
      expect(row('Oak Ridge').getByText('Not shared')).toBeVisible()
    })
    expect(room.heard[1]).toMatchObject({ body: { mode: 'none' }, ifMatch: '"v8"' })
  })

  it('cannot be pressed before it is known how orders are shared', async () => {
    const room = stockroom([oak], { mode: 'all' })
    const silent = http.get('*/v1/sharing', () => delay('infinite'))
    open({ ...room, handlers: [silent, ...room.handlers] })
    expect(await screen.findByRole('link', { name: /^Oak Ridge/ })).toBeVisible()
    expect(await theSwitch()).toBeDisabled()
  })

  it('brings the earlier selection back when it is switched off', async () => {
    const room = stockroom([oak, elm, ash], { mode: 'all', selected_store_ids: [elm.id] })
    const { user } = open(room)
    await user.click(await theSwitch())
    await waitFor(() => {
      expect(row('Oak Ridge').getByText('Not shared')).toBeVisible()
    })
    expect(row('Elm Park').getByText('Shared')).toBeVisible()
    expect(room.heard[0]?.body).toEqual({ mode: 'selected' })
    expect(screen.getAllByText('1 store shares its orders.')).not.toEqual([])
  })

  it('says when somebody else was faster, and shows what they did', async () => {
    const room = stockroom([oak, elm])
    const { user } = open(room)
    await screen.findByText('No store shares its orders.')
    room.mark([elm.id], true)
    await user.click(await theSwitch())
    expect(await screen.findByText('Somebody else changed the sharing')).toBeVisible()
    expect(screen.getByText('req_412')).toBeVisible()
    expect(await screen.findByText('1 store shares its orders.')).toBeVisible()
    expect(await theSwitch()).not.toBeChecked()
    expect(row('Elm Park').getByText('Shared')).toBeVisible()
    expect(room.sharing.mode).toBe('selected')
  })
})

describe('sharing one store', () => {
  it('is in its menu; the row says so at once and keeps the focus', async () => {
    const room = stockroom([oak, elm])
    const { user } = open(room)
    await choose(user, 'Elm Park', 'Share orders with Printavo')
    await waitFor(() => {
      expect(row('Elm Park').getByText('Shared')).toBeVisible()
    })
    expect(room.heard).toMatchObject([{ method: 'POST', body: { store_ids: [elm.id], shared: true } }])
    expect(row('Oak Ridge').getByText('Not shared')).toBeVisible()
    expect(await screen.findByText('1 store shares its orders.')).toBeVisible()
    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'Actions for Elm Park' })).toHaveFocus()
    })
  })

  it('stops as an exception while all are shared, and can be undone', async () => {
    const room = stockroom([oak, elm], { mode: 'all' })
    const { user } = open(room)
    await choose(user, 'Oak Ridge', 'Stop sharing orders with Printavo')
    expect(await screen.findByText(/^Every store but 1 shares its orders/)).toBeVisible()
    expect(room.sharing).toMatchObject({ mode: 'all', excluded_store_ids: [oak.id] })
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(await screen.findByText(/^Every store shares its orders/)).toBeVisible()
  })

  it('stays in a filtered table, so that it is not gone from under the hand', async () => {
    const room = stockroom([oak, elm], { mode: 'all' })
    const { user } = open(room, '/stores?show=shared')
    await choose(user, 'Oak Ridge', 'Stop sharing orders with Printavo')
    expect(await screen.findByText(/^Every store but 1 shares its orders/)).toBeVisible()
    expect(row('Oak Ridge').getByText('Not shared')).toBeVisible()
  })

  it('is taken back on the screen when it is refused, also when the stores cannot be read anew', async () => {
    const room = stockroom([oak], { mode: 'all' })
    const { user } = open(room)
    const refused = () =>
      problem(409, 'link_suspended', { title: 'The link is suspended', request_id: 'req_9' })
    await screen.findByRole('link', { name: /^Oak Ridge/ })
    api.use(
      http.post('*/v1/stores/bulk-sharing', refused),
      http.get('*/v1/stores', () => problem(500, 'internal_error', { request_id: 'req_10' })),
    )
    await choose(user, 'Oak Ridge', 'Stop sharing orders with Printavo')
    expect(await screen.findByText('req_10')).toBeVisible()
    expect(await screen.findByText('The link is suspended')).toBeVisible()
    expect(screen.getByText('req_9')).toBeVisible()
    expect(row('Oak Ridge').getByText('Shared')).toBeVisible()
  })

  it('is undone where it was done, also from the screen of another workspace', async () => {
    const room = stockroom([oak], { mode: 'all' })
    const { user, router } = open(room)
    await choose(user, 'Oak Ridge', 'Stop sharing orders with Printavo')
    const undo = await screen.findByRole('button', { name: 'Undo' })
    await router.navigate({ href: `${harbor}/accounts` })
    await screen.findByRole('heading', { name: 'Accounts', level: 1 })
    await user.click(undo)
    await waitFor(() => {
      expect(room.heard).toHaveLength(2)
    })
    expect(`/w/${room.heard[1]?.workspace}`).toBe(northside)
  })
})

describe('sharing many stores', () => {
  it('goes for those that are picked, and undo leaves alone what was shared before', async () => {
    const room = stockroom([oak, elm, ash], { mode: 'selected', selected_store_ids: [ash.id] })
    const { user } = open(room)
    for (const name of ['Oak Ridge', 'Ash Grove']) await user.click(await picked(name))
    const bar = within(screen.getByRole('group', { name: 'Selection' }))
    expect(bar.getByText('74 open orders')).toBeVisible()
    expect(bar.getByText('$4,286.00')).toBeVisible()
    await user.click(bar.getByRole('button', { name: 'Share orders with Printavo' }))
    expect(await screen.findByText('2 stores share their orders with Printavo.')).toBeVisible()
    expect(room.heard[0]?.body).toEqual({ store_ids: [oak.id, ash.id], shared: true })
    expect(screen.queryByRole('group', { name: 'Selection' })).not.toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => {
      expect(room.sharing.selected_store_ids).toEqual([ash.id])
    })
  })

  it('takes as many calls as it needs, and says which were refused', async () => {
    const many = Array.from({ length: 205 }, (_, at) => store(at))
    const room = stockroom(many)
    const { user } = open(room)
    await user.click(await screen.findByRole('checkbox', { name: 'Select all loaded rows' }))
    many.pop() // gone at the service since it was read
    await user.click(screen.getByRole('button', { name: 'Share orders with Printavo' }))
    expect(await screen.findByText('204 stores share their orders with Printavo.')).toBeVisible()
    expect(screen.getByText('1 store could not be changed')).toBeVisible()
    expect(screen.getByText('req_404')).toBeVisible()
    expect(room.heard.map(({ body }) => (body as { store_ids: string[] }).store_ids.length)).toEqual([200, 5])
  })
})
