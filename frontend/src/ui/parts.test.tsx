import { Button } from '@mantine/core'
import { act, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { expectAccessible, show } from '@/test/show'
import { LongWork } from './LongWork'
import { Moment } from './Moment'
import { Money } from './Money'
import { Notice } from './Notice'
import { SelectionBar } from './SelectionBar'
import { SizeGrid } from './SizeGrid'
import { type State, StateChip } from './StateChip'
import { toastDone, toastRefused } from './toast'

describe('a state', () => {
  it.each<[State, string, string, string]>([
    ['new', 'New', 'new', 'drop'],
    ['in_printavo', 'In Printavo', 'books', 'books'],
    ['attached', 'Attached', 'done', 'check'],
    ['changed', 'Changed', 'need', 'pencil'],
    ['cancelled', 'Cancelled', 'off', 'close'],
    ['refused', 'Refused', 'lost', 'stop'],
  ])('%s reads %s in its colour with its icon', (state, words, tone, icon) => {
    show(<StateChip state={state} />)
    const chip = screen.getByText(words).closest('[data-tone]')
    expect(chip).toHaveAttribute('data-tone', tone)
    expect(chip?.querySelector(`[data-icon=${icon}]`)).not.toBeNull()
  })
})

describe('a moment', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('keeps the exact time in the element and grows old by itself', () => {
    vi.useFakeTimers({ now: new Date('2026-11-23T12:00:00Z') })
    show(<Moment at="2026-11-23T11:59:30Z" />)
    expect(screen.getByText('30 seconds ago')).toHaveAttribute('datetime', '2026-11-23T11:59:30Z')
    for (let ticks = 0; ticks < 4; ticks += 1) {
      act(() => {
        vi.advanceTimersByTime(10_000)
      })
    }
    expect(screen.getByText('1 minute ago')).toBeVisible()
  })
})

describe('a size grid', () => {
  const lines = [
    {
      id: 'a',
      name: 'Gildan 5000, Red',
      sizes: [
        { size: 'size_other', pieces: 2, text: '32x30' },
        { size: 'size_xl', pieces: 4 },
        { size: 'size_other', pieces: 1, text: 'OSFA' },
      ],
    },
    {
      id: 'b',
      name: 'Gildan 5000B, Red',
      sizes: [
        { size: 'size_ym', pieces: 6 },
        { size: 'size_s', pieces: 1200 },
      ],
    },
  ] as const

  it('puts youth before adult and Other last, only the sizes that occur', () => {
    show(<SizeGrid label="Front print" lines={lines} />)
    const heads = screen.getAllByRole('columnheader').map((head) => head.textContent)
    expect(heads).toEqual(['Line', 'YM', 'S', 'XL', 'Other', 'Pieces'])
  })

  it('keeps the text of an Other size and counts all pieces of a line', async () => {
    show(<SizeGrid label="Front print" lines={lines} amounts={['Unit']} />)
    const cells = (name: string) =>
      within(screen.getByRole('row', { name: new RegExp(name) }))
        .getAllByRole('cell')
        .map((cell) => cell.textContent)
    expect(cells('5000, Red')).toEqual(['·', '·', '4', '32x30 2OSFA 1', '7'])
    expect(cells('5000B, Red')).toEqual(['6', '1,200', '·', '·', '1,206'])
    await expectAccessible()
  })
})

describe('the selection bar', () => {
  const bar = (selected: number, onSelectMatching = vi.fn()) => (
    <SelectionBar
      selected={selected}
      figures={['148 pieces', <Money key="sum" amount={231000} currency="USD" />]}
      matching={3214}
      onSelectMatching={onSelectMatching}
      onClear={vi.fn()}
      actions={<Button>Add to invoice</Button>}
    />
  )

  it('is not there while nothing is selected', () => {
    show(bar(0))
    expect(screen.queryByRole('group')).not.toBeInTheDocument()
  })

  it('adds up what is selected, is announced, and offers all that match', async () => {
    const onSelectMatching = vi.fn()
    const { user, update } = show(bar(0))
    update(bar(12, onSelectMatching))
    expect(screen.getByRole('group', { name: 'Selection' })).toHaveTextContent(
      '12 selected148 pieces$2,310.00',
    )
    expect(screen.getByRole('status')).toHaveTextContent('12 selected')
    await user.click(screen.getByRole('button', { name: 'Select all 3,214 that match' }))
    expect(onSelectMatching).toHaveBeenCalledOnce()
    await expectAccessible()
  })
})

describe('long work', () => {
  it('says how far it is', async () => {
    show(<LongWork label="Importing orders" done={1240} total={3000} />)
    const bar = screen.getByRole('progressbar', { name: 'Importing orders' })
    expect(bar).toHaveAttribute('aria-valuenow', '1240')
    expect(bar).toHaveAttribute('aria-valuemax', '3000')
    expect(screen.getByText('1,240 of 3,000')).toBeVisible()
    await expectAccessible()
  })

  it('claims no share while the whole is unknown', () => {
    show(<LongWork label="Importing orders" done={7} />)
    expect(screen.getByRole('progressbar')).not.toHaveAttribute('aria-valuenow')
  })
})

describe('a notice', () => {
  it('of a refusal is an alert, any other is a status', async () => {
    show(
      <>
        <Notice tone="lost" title="Not linked" requestId="req_1">
          The plan is too low.
        </Notice>
        <Notice tone="need" title="Reconnect" action={<Button>Reconnect</Button>} />
      </>,
    )
    expect(screen.getByRole('alert')).toHaveTextContent('Not linkedThe plan is too low.Request req_1')
    expect(screen.getByText('Reconnect', { selector: 'div' }).closest('[role=status]')).not.toBeNull()
    await expectAccessible()
  })
})

describe('a toast', () => {
  it('takes back what was done', async () => {
    const onUndo = vi.fn()
    const { user } = show(<main />)
    act(() => {
      toastDone('3 stores shared', onUndo)
    })
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(onUndo).toHaveBeenCalledOnce()
  })

  it('of a refusal carries the request id', async () => {
    show(<main />)
    act(() => {
      toastRefused('Not shared', 'The store is gone.', 'req_5')
    })
    expect(await screen.findByText('req_5')).toBeVisible()
  })
})
