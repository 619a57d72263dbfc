import { Button, ScrollArea, Stack, Title } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { AttachedOrder } from '@/api/generated/types.gen'
import { count } from '@/lib/numbers'
import { Moment } from '@/ui/Moment'
import { Money } from '@/ui/Money'
import classes from './Groups.module.css'

const FEW = 50

/** The orders on the invoice, each as it was when it was attached. */
export function AttachedOrders({ orders, currency }: { orders: readonly AttachedOrder[]; currency: string }) {
  const { t } = useLingui()
  const [isAll, showAll] = useState(false)
  const shown = isAll ? orders : orders.slice(0, FEW)
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>
        <Trans>Orders</Trans>
      </Title>
      <ScrollArea.Autosize
        className={classes.framed}
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t`Orders` }}
      >
        <table className={classes.table} aria-label={t`Orders on this invoice`}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Order</Trans>
              </th>
              <th scope="col">
                <Trans>Customer</Trans>
              </th>
              <th scope="col" className={classes.end}>
                <Trans>Pieces</Trans>
              </th>
              <th scope="col" className={classes.end}>
                <Trans>Total</Trans>
              </th>
              <th scope="col">
                <Trans>Attached</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((order) => (
              <tr key={order.id}>
                <th scope="row">{order.number}</th>
                <td className={classes.name}>
                  <bdi>{order.customer_name}</bdi>
                </td>
                <td className={classes.end}>{count(order.piece_count)}</td>
                <td className={classes.end}>
                  <Money amount={order.total_amount} currency={currency} />
                </td>
                <td>
                  <Moment at={order.attached_at} /> <Trans>by {order.attached_by}</Trans>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea.Autosize>
      {shown.length < orders.length && (
        <Button
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => {
            showAll(true)
          }}
        >
          <Trans>Show all {count(orders.length)} orders</Trans>
        </Button>
      )}
    </Stack>
  )
}
