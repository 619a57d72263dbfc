import { screen, waitFor, within } from '@testing-library/react'
import { expect } from 'vitest'
import type { OrderSummary } from '@/api/generated/types.gen'
import { northside } from './answers'
import { api } from './api'
import { lincoln, order } from './invoices'
import { shopFloor } from './shop'
import { visit } from './visit'

type Start = Parameters<typeof shopFloor>[1]

/** Picks all orders of the feed and opens the drawer. */
export async function openDrawer(orders: OrderSummary[], start: Start = {}) {
  const floor = shopFloor(orders, start)
  api.use(...floor.handlers)
  const visited = visit(`${northside}/storefronts/inksoft/${lincoln.id}`)
  await visited.user.click(await screen.findByRole('checkbox', { name: /all loaded/ }))
  await visited.user.click(screen.getByRole('button', { name: 'Add to invoice' }))
  const drawer = within(await screen.findByRole('dialog', { name: /^Add \d+ orders? to an invoice/ }))
  return { floor, drawer, ...visited }
}

export const two = () => [order(101), order(102, { total_amount: 5_000 })]
export const create = (drawer: Awaited<ReturnType<typeof openDrawer>>['drawer']) =>
  drawer.findByRole('button', { name: 'Create invoice' })

/** Closes the drawer and opens it anew: the preview is asked for again. */
export async function reopenDrawer() {
  const cancel = screen.getByRole('button', { name: 'Cancel' })
  cancel.click()
  await waitFor(() => {
    expect(cancel).not.toBeInTheDocument()
  })
  screen.getByRole('button', { name: 'Add to invoice' }).click()
  return within(await screen.findByRole('dialog', { name: /to an invoice/ }))
}
