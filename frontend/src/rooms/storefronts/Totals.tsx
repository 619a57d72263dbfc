import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { Storefronts } from '@/api/generated/types.gen'
import { count } from '@/lib/numbers'
import { paths } from '@/paths'
import { Moment } from '@/ui/Moment'
import { Money } from '@/ui/Money'
import { Figures } from './Figures'

/** What waits in all shared stores together; the oldest waiting order leads to where it waits. */
export function Totals({ of: totals }: { of: Storefronts }) {
  const { t } = useLingui()
  const { currency, oldest_waiting_order: oldest } = totals
  return (
    <Figures
      of={[
        { name: t`New orders`, value: count(totals.new_order_count) },
        { name: t`Pieces waiting`, value: count(totals.waiting_piece_count) },
        {
          name: t`Waiting for an invoice`,
          value: currency === null ? '–' : <Money amount={totals.waiting_amount} currency={currency} />,
        },
        { name: t`Orders on invoices`, value: count(totals.attached_order_count) },
        {
          name: t`Oldest waiting order`,
          value: oldest ? <Moment at={oldest.placed_at} /> : '–',
          ...(oldest && {
            more: (
              <Link
                from={paths.workspace}
                to={paths.storeFeed}
                params={{ storeId: oldest.store_id }}
                search={{ q: oldest.number }}
              >
                <Trans>
                  {oldest.number}, {oldest.store_name}
                </Trans>
              </Link>
            ),
          }),
        },
      ]}
    />
  )
}
