import { screen } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { openDrawer, two } from '@/test/adding'
import { api } from '@/test/api'
import { example } from '@/test/contract'
import { invoice, order } from '@/test/invoices'
import { expectAccessible } from '@/test/show'
import { emptyWorkspace } from '@/test/workspace'

beforeEach(() => {
  api.use(...emptyWorkspace)
})

describe('an existing invoice', () => {
  it('is chosen among those of the store, and says why others are missing', async () => {
    const { user, drawer, floor, router } = await openDrawer(two(), { invoices: [example('InvoiceSummary')] })
    await user.click(await drawer.findByText('Existing invoice'))
    const choice = await drawer.findByRole('button', { name: /1042 · Lincoln High, week 48/ })
    expect(drawer.getByText(/Only invoices that hold orders of Lincoln High Spirit Wear/)).toBeVisible()
    expect(drawer.getByText(/2 more are not offered/)).toBeVisible()
    await expectAccessible()
    await user.click(choice)
    expect(await drawer.findByText('The invoice afterwards')).toBeVisible()
    expect(router.state.location.search).toMatchObject({ add: invoice().id })
    expect(floor.heard.at(-1)).toMatchObject({ body: { invoice_id: invoice().id } })
    await user.click(drawer.getByRole('button', { name: 'Add to this invoice' }))
    await screen.findByRole('heading', { name: 'Invoice 1042', level: 1 })
    expect(floor.effects()).toMatchObject([
      {
        path: `/v1/invoices/${invoice().id}/attachments`,
        body: { order_ids: [order(101).id, order(102).id] },
      },
    ])
  })

  it('is not there before the first one was made', async () => {
    const { user, drawer } = await openDrawer([order(101)])
    await user.click(await drawer.findByText('Existing invoice'))
    expect(await drawer.findByText('No invoice to join')).toBeVisible()
    expect(drawer.getByRole('button', { name: 'Add to this invoice' })).toBeDisabled()
  })
})
