import { Button, SegmentedControl } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { StoreRead } from '@/api/generated/types.gen'
import { useKeysetList } from '@/lib/keyset'
import { useSelection } from '@/lib/selection'
import { FailedQuery } from '@/parts/FailedQuery'
import { RefusedNotice } from '@/parts/RefusedNotice'
import { paths } from '@/paths'
import { NothingMatches } from '@/ui/Empty'
import { PlusIcon } from '@/ui/icons'
import { SearchField } from '@/ui/SearchField'
import { DataTable } from '@/ui/table/DataTable'
import type { RowLink } from '@/ui/table/TableRow'
import { type StoreFilter, storeList } from './queries'
import { SHOWN, type StoresSearch } from './search'
import { columns } from './storeColumns'
import classes from './Stores.module.css'
import { NoStores } from './StoresEmpty'
import { StoreSelection } from './StoreSelection'

const rowName = ({ name, external_id: number }: StoreRead) => `${name} ${number}`
const rowLink = (store: StoreRead, link: RowLink) => (
  <Link {...link} from={paths.workspace} to={paths.storeFeed} params={{ storeId: store.id }} />
)

interface StoreTableProps {
  filter: StoreFilter
  onFilter: (change: { [Name in 'q' | 'show']?: StoresSearch[Name] | undefined }) => void
  onAdd: () => void
}

/** The stores by name with their figures; picked ones are shared together. */
export function StoreTable({ filter, onFilter, onAdd }: StoreTableProps) {
  const { t } = useLingui()
  const { q, show } = filter
  const list = useKeysetList<StoreRead>(storeList(filter))
  const selection = useSelection<StoreRead>([q, show].join('\n'))
  const { error, rows, retry } = list
  const isFiltered = q !== '' || show !== undefined

  if (error && rows.length === 0) return <FailedQuery query={{ error, refetch: retry }} />
  if (rows.length === 0 && !list.isFirstLoad && !isFiltered) return <NoStores onAdd={onAdd} />
  return (
    <>
      {error && <RefusedNotice problem={error} />}
      <div className={classes.tools}>
        <SearchField
          label={t`Search stores`}
          value={q}
          onSearch={(text) => {
            onFilter({ q: text || undefined })
          }}
        />
        <SegmentedControl
          aria-label={t`Stores shown`}
          value={show ?? 'all'}
          onChange={(value) => {
            onFilter({ show: SHOWN.find((one) => one === value) })
          }}
          data={[
            { value: 'all', label: t`All` },
            { value: 'shared', label: t`Shared` },
            { value: 'unshared', label: t`Not shared` },
          ]}
        />
        <Button variant="default" leftSection={<PlusIcon />} onClick={onAdd}>
          <Trans>Add a store</Trans>
        </Button>
      </div>
      <DataTable
        label={t`Stores`}
        columns={columns}
        rows={rows}
        rowLink={rowLink}
        rowName={rowName}
        selection={selection}
        hasMore={list.hasMore}
        isFirstLoad={list.isFirstLoad}
        isStale={list.isStale}
        isLoadingMore={list.isLoadingMore}
        onNearEnd={list.loadMore}
        empty={
          <NothingMatches
            onClear={() => {
              onFilter({ q: undefined, show: undefined })
            }}
          />
        }
      />
      <StoreSelection selection={selection} rows={rows} />
    </>
  )
}
