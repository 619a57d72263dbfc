import { VisuallyHidden } from '@mantine/core'
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { StoreFigures, StoreRead } from '@/api/generated/types.gen'
import { day } from '@/lib/moments'
import { count } from '@/lib/numbers'
import { Money } from '@/ui/Money'
import { StateChip } from '@/ui/StateChip'
import type { Column } from '@/ui/table/columns'
import { RowMenu } from './RowMenu'
import classes from './Stores.module.css'

/** A name with what tells two stores of one name apart, and whether it still sells. */
function Name({ store }: { store: StoreRead }) {
  const { name, kind, external_id: number, status, closes_at: closesAt, is_embedded: isEmbedded } = store
  return (
    <span className={classes.name}>
      <bdi>{name}</bdi>{' '}
      <span className={classes.more}>
        {kind === 'store' && number}
        {isEmbedded && (
          <>
            {' · '}
            <Trans>Designer</Trans>
          </>
        )}
        {status === 'closed' ? (
          <>
            {' · '}
            <Trans>Closed</Trans>
          </>
        ) : (
          closesAt && (
            <>
              {' · '}
              <Trans>until {day(new Date(closesAt))}</Trans>
            </>
          )
        )}
      </span>
    </span>
  )
}

function ActionsHead() {
  return (
    <VisuallyHidden>
      <Trans>Actions</Trans>
    </VisuallyHidden>
  )
}

const figure = (
  id: keyof StoreFigures,
  size: number,
  header: () => ReactNode,
  hideBelow: 'sm' | 'md',
): Column<StoreRead> => ({
  id,
  header,
  size,
  cell: ({ row: { original } }) =>
    id === 'open_amount' ? (
      <Money amount={original.figures.open_amount} currency={original.currency} />
    ) : (
      count(original.figures[id])
    ),
  meta: { align: 'end', hideBelow },
})

/** Made once: the table keeps what it drew as long as they are the same. */
export const columns: Column<StoreRead>[] = [
  {
    id: 'name',
    header: () => <Trans>Store</Trans>,
    cell: ({ row }) => <Name store={row.original} />,
    meta: { fill: true },
  },
  {
    id: 'shared',
    header: () => <Trans>Sharing</Trans>,
    size: 124,
    cell: ({ row }) => <StateChip state={row.original.shared ? 'shared' : 'not_shared'} />,
  },
  figure('order_count', 80, () => <Trans>Orders</Trans>, 'md'),
  figure('open_order_count', 108, () => <Trans>Open orders</Trans>, 'sm'),
  figure('open_piece_count', 108, () => <Trans>Open pieces</Trans>, 'md'),
  figure('open_amount', 120, () => <Trans>Open amount</Trans>, 'sm'),
  figure('attached_order_count', 104, () => <Trans>On invoices</Trans>, 'md'),
  {
    id: 'menu',
    header: () => <ActionsHead />,
    size: 52,
    cell: ({ row }) => <RowMenu store={row.original} />,
  },
]
