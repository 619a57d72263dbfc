import { Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { OrderInvoice, OrderSummary } from '@/api/generated/types.gen'
import { count } from '@/lib/numbers'
import { paths } from '@/paths'
import { Moment } from '@/ui/Moment'
import { Money } from '@/ui/Money'
import { useRowTabIndex } from '@/ui/table/active'
import type { Column } from '@/ui/table/columns'
import { OrderBadges } from './OrderBadges'
import { type View, VIEWS } from './views'

const number: Column<OrderSummary> = {
  id: 'number',
  header: () => <Trans>Order</Trans>,
  size: 110,
  cell: ({ row }) => row.original.number,
}

const customer: Column<OrderSummary> = {
  id: 'customer',
  header: () => <Trans>Customer</Trans>,
  // A name is what somebody typed: it never turns the direction of what stands beside it.
  cell: ({ row }) => <bdi>{row.original.customer_name}</bdi>,
  meta: { fill: true },
}

const badges = (view: View): Column<OrderSummary> => ({
  id: 'badges',
  header: () => <Trans>State</Trans>,
  size: view === 'new' ? 190 : 250,
  cell: ({ row }) => <OrderBadges order={row.original} view={view} />,
  meta: view === 'new' ? { hideBelow: 'md' } : {},
})

const invoice: Column<OrderSummary> = {
  id: 'invoice',
  header: () => <Trans>Invoice</Trans>,
  size: 110,
  cell: ({ row }) => row.original.invoice && <OnInvoice invoice={row.original.invoice} />,
}

function OnInvoice({ invoice: { id, number } }: { invoice: OrderInvoice }) {
  const tabIndex = useRowTabIndex()
  return (
    <Link tabIndex={tabIndex} from={paths.workspace} to={paths.invoice} params={{ invoiceId: id }}>
      {number ?? <Trans>Open</Trans>}
    </Link>
  )
}

const figures: Column<OrderSummary>[] = [
  {
    id: 'placed',
    header: () => <Trans>Placed</Trans>,
    size: 130,
    cell: ({ row }) => <Moment at={row.original.placed_at} />,
    meta: { align: 'end', hideBelow: 'md' },
  },
  {
    id: 'pieces',
    header: () => <Trans>Pieces</Trans>,
    size: 80,
    cell: ({ row }) => count(row.original.piece_count),
    meta: { align: 'end', hideBelow: 'sm' },
  },
  {
    id: 'total',
    header: () => <Trans>Total</Trans>,
    size: 120,
    cell: ({ row: { original } }) => <Money amount={original.total_amount} currency={original.currency} />,
    meta: { align: 'end' },
  },
]

/** The columns of each view, made once: the table keeps what it drew as long as they are the same. */
export const columnsOf = Object.fromEntries(
  VIEWS.map((view) => [
    view,
    [number, customer, badges(view), ...(view === 'new' ? [] : [invoice]), ...figures],
  ]),
) as Record<View, Column<OrderSummary>[]>
