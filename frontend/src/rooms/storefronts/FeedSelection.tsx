import { Button, Text } from '@mantine/core'
import { Plural, Trans } from '@lingui/react/macro'
import type { OrderSummary } from '@/api/generated/types.gen'
import type { Selection } from '@/lib/selection'
import { useShortcut } from '@/lib/shortcuts'
import { Money } from '@/ui/Money'
import { SelectionBar } from '@/ui/SelectionBar'
import { type FeedFilter, MOST_AT_ONCE } from './queries'
import { usePickMatching } from './useFeed'

interface FeedSelectionProps {
  filter: FeedFilter
  selection: Selection<OrderSummary>
  /** Orders that match in all, where it is known. */
  matching: number | undefined
  onAdd: () => void
}

/** What is picked, in orders, pieces and money, and the way onto an invoice (also by `a`). */
export function FeedSelection({ filter, selection, matching, onAdd }: FeedSelectionProps) {
  const { rows, size } = selection
  const isTooMuch = size > MOST_AT_ONCE
  useShortcut('a', onAdd, size > 0 && !isTooMuch)
  const { isPicking, pickMatching } = usePickMatching(filter, (orders) => {
    selection.set(orders, true)
  })
  const pieces = rows.reduce((sum, row) => sum + row.piece_count, 0)
  const amount = rows.reduce((sum, row) => sum + row.total_amount, 0)
  const offered = matching !== undefined && matching <= MOST_AT_ONCE && !isPicking
  return (
    <SelectionBar
      selected={size}
      figures={[
        <Plural key="pieces" value={pieces} one="# piece" other="# pieces" />,
        <Money key="amount" amount={amount} currency={rows[0]?.currency ?? 'USD'} />,
      ]}
      {...(offered && { matching, onSelectMatching: pickMatching })}
      onClear={selection.clear}
      actions={
        isTooMuch ? (
          <Text inherit>
            <Trans>An invoice takes {MOST_AT_ONCE} orders at a time</Trans>
          </Text>
        ) : (
          <Button onClick={onAdd} aria-keyshortcuts="a">
            <Trans>Add to invoice</Trans>
          </Button>
        )
      }
    />
  )
}
