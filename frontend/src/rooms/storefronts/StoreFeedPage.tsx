import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ComponentType, Suspense } from 'react'
import type { OrderSummary, StorefrontDetail } from '@/api/generated/types.gen'
import { FailedQuery } from '@/parts/FailedQuery'
import { FirstImport } from '@/parts/FirstImport'
import { paths } from '@/paths'
import { BackIcon } from '@/ui/icons'
import { Money } from '@/ui/Money'
import { Notice } from '@/ui/Notice'
import { SearchField } from '@/ui/SearchField'
import { PageHeader } from '@/ui/shell/PageHeader'
import { FeedSelection } from './FeedSelection'
import { FeedTable } from './FeedTable'
import { OrderDrawer } from './OrderDrawer'
import { STOREFRONTS, storefrontOptions } from './queries'
import { NotLinked } from './StorefrontsPage'
import { useFeed } from './useFeed'
import { ViewTabs } from './ViewTabs'

/** What the room of invoices fills in: the drawer in which the picked orders go on an invoice. */
export interface AddToInvoiceSlot {
  store: { id: string; name: string }
  orders: readonly OrderSummary[]
  /** `new`, `existing`, or the invoice's id; it is in the address. */
  target: string
  onTarget: (target: string) => void
  /** These cannot go along: they are no longer picked. */
  onLeaveOut: (orderIds: readonly string[]) => void
  onClose: () => void
}

/** The orders of one shared store: by view and search; the new ones can be picked and put on an invoice. */
export function StoreFeedPage({ AddToInvoice }: { AddToInvoice: ComponentType<AddToInvoiceSlot> }) {
  const { t } = useLingui()
  const { filter, order, add, selection, go } = useFeed()
  const { storeId, view, q } = filter
  const front = useQuery(storefrontOptions(storeId))
  const store = front.data
  const clear = () => {
    go({ q: undefined }, true)
  }

  if (front.error && !store) {
    if (front.error.code === 'not_linked') return <NotLinked />
    return <FailedQuery query={front} />
  }
  return (
    <>
      <PageHeader
        title={store?.name ?? t`Orders`}
        figure={store && <Waiting store={store} />}
        back={
          <Link from={paths.workspace} to={paths.storefronts}>
            <BackIcon /> <Trans>Storefronts</Trans>
          </Link>
        }
      />
      <FirstImport brings={STOREFRONTS} />
      {store && !store.shared && <NoLongerShared />}
      <ViewTabs fresh={store?.new_order_count} />
      <SearchField
        label={t`Search orders`}
        value={q}
        onSearch={(text) => {
          go({ q: text || undefined }, true)
        }}
      />
      <FeedTable filter={filter} selection={view === 'new' ? selection : undefined} onClear={clear} />
      <FeedSelection
        filter={filter}
        selection={selection}
        matching={q === '' ? store?.new_order_count : undefined}
        onAdd={() => {
          go({ add: 'new' })
        }}
      />
      <OrderDrawer
        orderId={order}
        onClose={() => {
          go({ order: undefined })
        }}
      />
      {add !== undefined && store && selection.size > 0 && (
        <Suspense fallback={null}>
          <AddToInvoice
            store={store}
            orders={selection.rows}
            target={add}
            onTarget={(target) => {
              go({ add: target }, true)
            }}
            onLeaveOut={(orderIds) => {
              selection.set(
                selection.rows.filter(({ id }) => orderIds.includes(id)),
                false,
              )
            }}
            onClose={() => {
              go({ add: undefined })
            }}
          />
        </Suspense>
      )}
    </>
  )
}

function Waiting({ store }: { store: StorefrontDetail }) {
  return (
    <>
      <Plural value={store.new_order_count} one="# new order" other="# new orders" />
      {' · '}
      <Plural value={store.waiting_piece_count} one="# piece" other="# pieces" />
      {' · '}
      <Money amount={store.waiting_amount} currency={store.currency} />
    </>
  )
}

function NoLongerShared() {
  return (
    <Notice
      tone="off"
      title={<Trans>This store does not share its orders</Trans>}
      action={
        <Link from={paths.workspace} to={paths.stores}>
          <Trans>Go to Stores</Trans>
        </Link>
      }
    >
      <Trans>Orders on invoices stay; the others come back when the store is shared again.</Trans>
    </Notice>
  )
}
