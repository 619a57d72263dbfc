import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { OrderSummary } from '@/api/generated/types.gen'
import { useKeysetList } from '@/lib/keyset'
import type { Selection } from '@/lib/selection'
import { FailedQuery } from '@/parts/FailedQuery'
import { RefusedNotice } from '@/parts/RefusedNotice'
import { paths } from '@/paths'
import { DataTable } from '@/ui/table/DataTable'
import type { RowLink } from '@/ui/table/TableRow'
import { FeedEmpty } from './FeedEmpty'
import { columnsOf } from './orderColumns'
import { type FeedFilter, feedList } from './queries'

const rowName = (order: OrderSummary) => order.number
const rowLink = (order: OrderSummary, link: RowLink) => (
  <Link
    {...link}
    from={paths.storeFeed}
    to="."
    search={(before) => ({ ...before, order: order.id })}
    resetScroll={false}
  />
)

interface FeedTableProps {
  filter: FeedFilter
  selection: Selection<OrderSummary> | undefined
  onClear: () => void
}

/** The orders of the filter, newest first, read on as their end comes into sight. */
export function FeedTable({ filter, selection, onClear }: FeedTableProps) {
  const { t } = useLingui()
  const list = useKeysetList<OrderSummary>(feedList(filter))
  const { error, retry } = list
  if (error && list.rows.length === 0) return <FailedQuery query={{ error, refetch: retry }} />
  return (
    <>
      {error && <RefusedNotice problem={error} />}
      <DataTable
        label={t`Orders`}
        columns={columnsOf[filter.view]}
        rows={list.rows}
        rowLink={rowLink}
        rowName={rowName}
        selection={selection}
        hasMore={list.hasMore}
        isFirstLoad={list.isFirstLoad}
        isStale={list.isStale}
        isLoadingMore={list.isLoadingMore}
        onNearEnd={list.loadMore}
        empty={<FeedEmpty view={filter.view} isSearch={filter.q !== ''} onClear={onClear} />}
      />
    </>
  )
}
