import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { StorefrontRead } from '@/api/generated/types.gen'
import { useKeysetList } from '@/lib/keyset'
import { count } from '@/lib/numbers'
import { FailedQuery } from '@/parts/FailedQuery'
import { paths } from '@/paths'
import { Chip } from '@/ui/Chip'
import { NothingMatches } from '@/ui/Empty'
import { ClockIcon } from '@/ui/icons'
import { Moment } from '@/ui/Moment'
import { Money } from '@/ui/Money'
import type { Column } from '@/ui/table/columns'
import { DataTable } from '@/ui/table/DataTable'
import type { RowLink } from '@/ui/table/TableRow'
import { storefrontList } from './queries'

const columns: Column<StorefrontRead>[] = [
  {
    id: 'name',
    header: () => <Trans>Store</Trans>,
    cell: ({ row }) => row.original.name,
    meta: { fill: true },
  },
  {
    id: 'state',
    header: () => <Trans>State</Trans>,
    size: 110,
    cell: ({ row }) => row.original.status === 'closed' && <Closed />,
    meta: { hideBelow: 'md' },
  },
  {
    id: 'new',
    header: () => <Trans>New orders</Trans>,
    size: 110,
    cell: ({ row }) => count(row.original.new_order_count),
    meta: { align: 'end' },
  },
  {
    id: 'pieces',
    header: () => <Trans>Pieces waiting</Trans>,
    size: 130,
    cell: ({ row }) => count(row.original.waiting_piece_count),
    meta: { align: 'end', hideBelow: 'sm' },
  },
  {
    id: 'amount',
    header: () => <Trans>Waiting</Trans>,
    size: 130,
    cell: ({ row: { original } }) => <Money amount={original.waiting_amount} currency={original.currency} />,
    meta: { align: 'end' },
  },
  {
    id: 'oldest',
    header: () => <Trans>Oldest</Trans>,
    size: 130,
    cell: ({ row }) => row.original.oldest_waiting_at && <Moment at={row.original.oldest_waiting_at} />,
    meta: { align: 'end', hideBelow: 'md' },
  },
  {
    id: 'attached',
    header: () => <Trans>On invoices</Trans>,
    size: 110,
    cell: ({ row }) => count(row.original.attached_order_count),
    meta: { align: 'end', hideBelow: 'md' },
  },
]

function Closed() {
  return (
    <Chip tone="off" icon={ClockIcon}>
      <Trans>Closed</Trans>
    </Chip>
  )
}

const rowName = (store: StorefrontRead) => store.name
const rowLink = (store: StorefrontRead, link: RowLink) => (
  <Link {...link} from={paths.workspace} to={paths.storeFeed} params={{ storeId: store.id }} />
)

/** The shared stores by name, each with what waits there. */
export function StorefrontList({ q, onClear }: { q: string; onClear: () => void }) {
  const { t } = useLingui()
  const list = useKeysetList<StorefrontRead>(storefrontList(q))
  if (list.error && list.rows.length === 0) {
    return <FailedQuery query={{ error: list.error, refetch: list.retry }} />
  }
  return (
    <DataTable
      label={t`Shared stores`}
      columns={columns}
      rows={list.rows}
      rowLink={rowLink}
      rowName={rowName}
      hasMore={list.hasMore}
      isFirstLoad={list.isFirstLoad}
      isStale={list.isStale}
      isLoadingMore={list.isLoadingMore}
      onNearEnd={list.loadMore}
      empty={<NothingMatches onClear={onClear} />}
    />
  )
}
