import { Stack, Text } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OrderDetail } from '@/api/generated/types.gen'
import { FailedQuery } from '@/parts/FailedQuery'
import { paths } from '@/paths'
import { Moment } from '@/ui/Moment'
import { Facts } from '@/ui/Panel'
import { SideDrawer } from '@/ui/SideDrawer'
import { Waiting } from '@/ui/Waiting'
import { OrderBadges } from './OrderBadges'
import { OrderLines } from './OrderLines'
import { OrderSums } from './OrderSums'
import { orderOptions } from './queries'

interface OrderDrawerProps {
  /** The order that the address names; none leaves the drawer closed. */
  orderId: string | undefined
  onClose: () => void
}

/** One order as the shopper placed it, to look into before it goes on an invoice. */
export function OrderDrawer({ orderId, onClose }: OrderDrawerProps) {
  const query = useQuery({ ...orderOptions(orderId ?? ''), enabled: orderId !== undefined })
  const order = orderId === undefined ? undefined : query.data
  return (
    <SideDrawer
      opened={orderId !== undefined}
      onClose={onClose}
      title={order ? <Trans>Order {order.number}</Trans> : <Trans>Order</Trans>}
    >
      {orderId !== undefined && query.isPending && <Waiting rows={6} />}
      {orderId !== undefined && !order && <FailedQuery query={query} />}
      {order && <Order order={order} />}
    </SideDrawer>
  )
}

function Order({ order }: { order: OrderDetail }) {
  const { t } = useLingui()
  return (
    <Stack gap="lg">
      <OrderBadges order={order} view="all" />
      <Facts
        of={[
          [t`Customer`, <bdi key="name">{order.customer_name}</bdi>],
          [t`E-mail`, order.email],
          [t`Phone`, order.phone],
          [t`Placed`, <Moment key="at" at={order.placed_at} />],
          [t`Delivery`, order.shipping_method],
          [t`In InkSoft`, order.production_status],
          [t`Invoice`, order.invoice && <OnInvoice of={order} invoice={order.invoice} />],
          [t`Notes`, order.notes],
        ]}
      />
      {order.has_detail ? (
        <OrderLines lines={order.lines} currency={order.currency} />
      ) : (
        <Text c="dimmed">
          <Trans>The items of this order have not been read from InkSoft yet.</Trans>
        </Text>
      )}
      {order.money && <OrderSums money={order.money} currency={order.currency} />}
    </Stack>
  )
}

function OnInvoice({
  of: order,
  invoice,
}: {
  of: OrderDetail
  invoice: NonNullable<OrderDetail['invoice']>
}) {
  return (
    <>
      <Link from={paths.workspace} to={paths.invoice} params={{ invoiceId: invoice.id }}>
        {invoice.number ?? <Trans>Open</Trans>}
      </Link>
      {order.attached_by && (
        <>
          {', '}
          <Trans>by {order.attached_by}</Trans>
        </>
      )}
    </>
  )
}
