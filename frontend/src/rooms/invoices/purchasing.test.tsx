import { screen } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import type { LinePurchasing } from '@/api/generated/types.gen'
import { northside } from '@/test/answers'
import { api } from '@/test/api'
import { example } from '@/test/contract'
import { contentWith, invoice } from '@/test/invoices'
import { expectAccessible } from '@/test/show'
import { visit } from '@/test/visit'
import { emptyWorkspace } from '@/test/workspace'

beforeEach(() => {
  api.use(...emptyWorkspace)
})

/** What stands under the one group of an invoice whose line has this purchasing. */
async function shown(line: Partial<LinePurchasing>) {
  const content = contentWith({ ...example('LinePurchasing'), overruled: null, inksoft: [], ...line })
  api.use(http.get('*/v1/invoices/:id', () => HttpResponse.json(invoice({ content }))))
  visit(`${northside}/invoices/${invoice().id}`)
  return screen.findByRole('list', { name: 'Purchasing of group 1' })
}

const received = { status: 'received', text: '', pieces: 3 } as const
const ordered = { status: 'ordered', text: '', pieces: 2 } as const

describe('the purchasing of a group', () => {
  it('is the least advanced status with counts, and says whose it is', async () => {
    const goods = await shown({
      status: 'ordered',
      source: 'both',
      piece_count: 5,
      counts: [ordered, received],
    })
    expect(goods).toHaveTextContent(
      'Purchasing: ordered · 2 of 5 ordered, 3 of 5 received · from InkSoft and Printavo',
    )
    await expectAccessible()
  })

  it('shows words that nobody explained as they are', async () => {
    const odd = { status: null, text: 'waiting for Bob', pieces: 2 }
    const goods = await shown({
      status: 'received',
      source: 'inksoft',
      piece_count: 5,
      counts: [received, odd],
    })
    expect(goods).toHaveTextContent('received · 3 of 5 received, 2 of 5 “waiting for Bob” · from InkSoft')
  })

  it('keeps readable what the overruled side says', async () => {
    const goods = await shown({
      status: 'ordered',
      source: 'inksoft',
      piece_count: 5,
      counts: [{ ...ordered, pieces: 5 }],
      printavo_status: 'received',
      overruled: 'printavo',
      overruled_count: 5,
    })
    expect(goods).toHaveTextContent('Heavy Cotton Tee · Navy · Printavo says: received')
  })

  it('names InkSoft’s words where Printavo comes first', async () => {
    const goods = await shown({
      source: 'printavo',
      overruled: 'inksoft',
      inksoft: [{ texts: ['On order', 'Received'], status: null, pieces: 5 }],
    })
    expect(goods).toHaveTextContent('InkSoft says: “On order”, “Received”')
  })

  it('says so while nothing is set', async () => {
    const nothing = { status: null, text: '', pieces: 5 }
    const goods = await shown({ status: null, source: null, piece_count: 5, counts: [nothing] })
    expect(goods).toHaveTextContent('Purchasing: not set yet')
  })
})
