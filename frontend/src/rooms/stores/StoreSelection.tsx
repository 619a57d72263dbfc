import { Button } from '@mantine/core'
import { Plural, Trans } from '@lingui/react/macro'
import type { StoreRead } from '@/api/generated/types.gen'
import type { Selection } from '@/lib/selection'
import { Money } from '@/ui/Money'
import { SelectionBar } from '@/ui/SelectionBar'
import { useShareStores } from './sharing'

interface StoreSelectionProps {
  selection: Selection<StoreRead>
  /** The stores as they are now: one may have changed since it was picked. */
  rows: readonly StoreRead[]
}

/** The picked stores, what is open in them, and sharing them all or none. */
export function StoreSelection({ selection, rows }: StoreSelectionProps) {
  const share = useShareStores()
  const now = new Map(rows.map((row) => [row.id, row]))
  const stores = selection.rows.map((row) => now.get(row.id) ?? row)
  const orders = stores.reduce((sum, { figures }) => sum + figures.open_order_count, 0)
  const amount = stores.reduce((sum, { figures }) => sum + figures.open_amount, 0)
  const act = (shared: boolean) => {
    share.mutate({ stores, shared })
    selection.clear()
  }
  return (
    <SelectionBar
      selected={selection.size}
      figures={[
        <Plural key="orders" value={orders} one="# open order" other="# open orders" />,
        <Money key="amount" amount={amount} currency={stores[0]?.currency ?? 'USD'} />,
      ]}
      onClear={selection.clear}
      actions={
        <>
          <Button
            variant="default"
            disabled={stores.every(({ shared }) => !shared)}
            onClick={() => {
              act(false)
            }}
          >
            <Trans>Stop sharing</Trans>
          </Button>
          <Button
            disabled={stores.every(({ shared }) => shared)}
            onClick={() => {
              act(true)
            }}
          >
            <Trans>Share orders with Printavo</Trans>
          </Button>
        </>
      }
    />
  )
}
