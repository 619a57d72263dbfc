import { screen, within } from '@testing-library/react'
import type { SortingState } from '@tanstack/react-table'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { useSelection } from '@/lib/selection'
import { expectAccessible, show } from '@/test/show'
import type { Column } from './columns'
import { DataTable, type DataTableProps } from './DataTable'
import type { RowLink } from './TableRow'

interface Order {
  id: string
  number: string
  total: string
}

const columns: Column<Order>[] = [
  { id: 'number', header: 'Order', cell: ({ row }) => row.original.number, meta: { fill: true } },
  {
    id: 'total',
    header: 'Total',
    accessorFn: (order) => order.total,
    cell: ({ row }) => row.original.total,
    meta: { align: 'end' },
  },
]
const orders = (length: number): Order[] =>
  Array.from({ length }, (_, at) => ({ id: `id-${at}`, number: `#${1000 + at}`, total: `$${at}.00` }))
const rowLink = ({ id }: Order, { children, ...link }: RowLink) => (
  <a href={`#/orders/${id}`} {...link}>
    {children}
  </a>
)
const rowName = (order: Order) => order.number
const shared = { label: 'Orders', columns, rowLink, rowName, empty: <p>Nothing here</p> }

function Picking({ rows, ...rest }: Partial<DataTableProps<Order>> & { rows: Order[] }) {
  const selection = useSelection<Order>('all')
  return (
    <>
      <DataTable {...shared} {...rest} rows={rows} selection={selection} />
      <output>{selection.rows.map(({ number }) => number).join(' ')}</output>
    </>
  )
}

const link = (number: string) => screen.getByRole('link', { name: number })
const picked = () => screen.getByRole('status').textContent

describe('a table of thousands', () => {
  it('draws only the rows in sight and tells how many there are', () => {
    show(<DataTable {...shared} rows={orders(5000)} />)
    const table = screen.getByRole('table', { name: 'Orders' })
    expect(within(table).getAllByRole('link').length).toBeLessThan(60)
    expect(table).toHaveAttribute('aria-rowcount', '5001')
    expect(link('#1003').closest('tr')).toHaveAttribute('aria-rowindex', '5')
  })

  it('does not pretend to know how many there are', () => {
    show(<DataTable {...shared} rows={orders(25)} hasMore />)
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '-1')
  })

  it('asks for more when its end comes into sight, not before', async () => {
    const onNearEnd = vi.fn()
    const { user } = show(<DataTable {...shared} rows={orders(200)} onNearEnd={onNearEnd} hasMore />)
    expect(onNearEnd).not.toHaveBeenCalled()
    await user.keyboard('j{End}')
    expect(link('#1199')).toHaveFocus()
    expect(onNearEnd).toHaveBeenCalled()
  })

  it('keeps every row in the place that its number says', async () => {
    const { user } = show(<DataTable {...shared} rows={orders(500)} />)
    await user.keyboard('j{End}{ArrowUp}')
    expect(link('#1498')).toHaveFocus()
    await user.keyboard('{Home}')
    expect(link('#1000')).toHaveFocus()
  })
})

describe('the keyboard in a table', () => {
  it('moves from row to row, and is one stop for Tab', async () => {
    const { user } = show(<DataTable {...shared} rows={orders(50)} />)
    await user.keyboard('j')
    expect(link('#1000')).toHaveFocus()
    await user.keyboard('jj{ArrowDown}k')
    expect(link('#1002')).toHaveFocus()
    expect(screen.getAllByRole('link').filter((one) => one.tabIndex === 0)).toEqual([link('#1002')])
  })

  it('stays inside at both ends', async () => {
    const { user } = show(<DataTable {...shared} rows={orders(3)} />)
    await user.keyboard('jk')
    expect(link('#1000')).toHaveFocus()
    await user.keyboard('jjjj')
    expect(link('#1002')).toHaveFocus()
  })

  it('opens the row with Enter', async () => {
    const { user } = show(<DataTable {...shared} rows={orders(3)} />)
    await user.keyboard('jj{Enter}')
    expect(window.location.hash).toBe('#/orders/id-1')
  })
})

describe('picking rows', () => {
  it('goes by key, by box and by all that is loaded', async () => {
    const { user } = show(<Picking rows={orders(4)} />)
    await user.keyboard('jjx')
    expect(picked()).toBe('#1001')
    await user.click(screen.getByRole('checkbox', { name: 'Select #1003' }))
    expect(picked()).toBe('#1001 #1003')
    expect(screen.getByRole('checkbox', { name: /all loaded/ })).toBePartiallyChecked()
    await user.click(screen.getByRole('checkbox', { name: /all loaded/ }))
    expect(picked()).toBe('#1001 #1003 #1000 #1002')
    await user.click(screen.getByRole('checkbox', { name: /all loaded/ }))
    expect(picked()).toBe('')
  })

  it('takes a range with Shift and a click', async () => {
    const { user } = show(<Picking rows={orders(10)} />)
    await user.click(screen.getByRole('checkbox', { name: 'Select #1002' }))
    await user.keyboard('{Shift>}')
    await user.click(screen.getByRole('checkbox', { name: 'Select #1005' }))
    await user.keyboard('{/Shift}')
    expect(picked()).toBe('#1002 #1003 #1004 #1005')
  })

  it('goes on with Shift and an arrow', async () => {
    const { user } = show(<Picking rows={orders(10)} />)
    await user.keyboard('jjx{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    expect(picked()).toBe('#1001 #1002 #1003')
  })

  it('does nothing where rows cannot be picked', async () => {
    const { user } = show(<DataTable {...shared} rows={orders(3)} />)
    await user.keyboard('jx')
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument()
  })
})

describe('sorting', () => {
  function Sorted() {
    const [by, onSort] = useState<SortingState>([{ id: 'total', desc: true }])
    return <DataTable {...shared} rows={orders(3)} sort={{ by, onSort }} />
  }

  it('turns round by the head of a column that can be sorted, and says so', async () => {
    const { user } = show(<Sorted />)
    const head = screen.getByRole('columnheader', { name: 'Total' })
    expect(head).toHaveAttribute('aria-sort', 'descending')
    await user.click(within(head).getByRole('button'))
    expect(head).toHaveAttribute('aria-sort', 'ascending')
    expect(screen.getByRole('columnheader', { name: 'Order' })).not.toHaveAttribute('aria-sort')
  })
})

describe('what stands in for rows', () => {
  it('is the empty state when there are none', () => {
    show(<DataTable {...shared} rows={[]} />)
    expect(screen.getByText('Nothing here')).toBeVisible()
    expect(screen.queryByRole('table')).not.toBeInTheDocument()
  })

  it('is a skeleton after a moment while the first rows are read', async () => {
    show(<DataTable {...shared} rows={[]} isFirstLoad />)
    expect(screen.getByRole('table')).toHaveAttribute('aria-busy', 'true')
    expect(document.querySelector('[data-skeleton]')).toBeNull()
    await vi.waitFor(() => {
      expect(document.querySelectorAll('[data-skeleton]')).toHaveLength(8)
    })
  })
})

it('a table breaks no rule of axe', async () => {
  show(<Picking rows={orders(40)} isLoadingMore />)
  await expectAccessible()
})
