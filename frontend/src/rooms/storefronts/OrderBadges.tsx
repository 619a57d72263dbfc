import { Group } from '@mantine/core'
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { OrderSummary } from '@/api/generated/types.gen'
import { Chip } from '@/ui/Chip'
import { BoxIcon, PartlyIcon } from '@/ui/icons'
import { type State, StateChip } from '@/ui/StateChip'
import type { View } from './views'

const payments: Record<Exclude<OrderSummary['payment_status'], 'paid'>, MessageDescriptor> = {
  not_paid: msg`Not paid`,
  partially_paid: msg`Partly paid`,
  refund_due: msg`Refund due`,
  refunded: msg`Refunded`,
  unknown: msg`Payment unknown`,
}

const origins: Record<Exclude<OrderSummary['origin'], 'store'>, MessageDescriptor> = {
  proposal: msg`Proposal`,
  embedded_designer: msg`Designer`,
  staff: msg`Staff`,
}

/** Where the order is on its way to an invoice, as the shop says it: what nobody attached yet is new. */
function statesOf(order: OrderSummary, view: View): State[] {
  const { integration_state: state, status } = order
  if (view === 'new') return []
  if (view === 'changed') return ['changed']
  const first: State = state === 'in_printavo' ? 'new' : state
  return status === 'cancelled' && first !== 'cancelled' ? [first, 'cancelled'] : [first]
}

/** What is special about an order: its state outside New, a payment that is open, an origin other than a store. */
export function OrderBadges({ order, view }: { order: OrderSummary; view: View }) {
  const { i18n } = useLingui()
  const { payment_status: payment, origin } = order
  return (
    <Group gap={6} wrap="nowrap">
      {statesOf(order, view).map((state) => (
        <StateChip key={state} state={state} />
      ))}
      {payment !== 'paid' && (
        <Chip tone="off" icon={PartlyIcon}>
          {i18n._(payments[payment])}
        </Chip>
      )}
      {origin !== 'store' && (
        <Chip tone="off" icon={BoxIcon}>
          {i18n._(origins[origin])}
        </Chip>
      )}
    </Group>
  )
}
