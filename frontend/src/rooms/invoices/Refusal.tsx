import { Button, Group } from '@mantine/core'
import { Plural, Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { AttachedElsewhere, RefusedOrder } from '@/api/generated/types.gen'
import { explain } from '@/api/explain'
import type { Problem } from '@/api/problem'
import { paths } from '@/paths'
import { Moment } from '@/ui/Moment'
import { Notice } from '@/ui/Notice'
import classes from './AddToInvoice.module.css'
import { ReasonWords } from './ReasonWords'

interface RefusalProps {
  problem: Problem
  orders: readonly { id: string; number: string }[]
  onLeaveOut: (orderIds: readonly string[]) => void
  onRetry: (() => void) | undefined
  onClose: () => void
}

/** Why nothing was done: which orders cannot go along, who has them, and how to go on without them. */
export function Refusal({ problem, orders, onLeaveOut, onRetry, onClose }: RefusalProps) {
  const { title, words } = explain(problem)
  const taken = problem.code === 'order_already_attached' ? (problem.extra.orders as AttachedElsewhere[]) : []
  const refused = problem.code === 'order_not_shared' ? (problem.extra.orders as RefusedOrder[]) : []
  const numbers = problem.code === 'does_not_add_up' ? (problem.extra.order_numbers as string[]) : []
  const out = new Set([
    ...[...taken, ...refused].map(({ order_id }) => order_id),
    ...orders.filter(({ number }) => numbers.includes(number)).map(({ id }) => id),
  ])
  const left = orders.filter(({ id }) => !out.has(id)).length
  return (
    <Notice tone="lost" title={title} requestId={problem.requestId}>
      {taken.length + refused.length === 0 && words}
      {taken.length + refused.length > 0 && (
        <ul className={classes.taken} data-numeric>
          {taken.map((one) => (
            <Taken key={one.order_id} order={one} />
          ))}
          {refused.map(({ order_id, order_number, reason }) => (
            <li key={order_id}>
              <Trans>Order {order_number}</Trans> <ReasonWords reason={reason} />
            </li>
          ))}
          <li>
            <Trans>Nothing was changed.</Trans>
          </li>
        </ul>
      )}
      <Group gap="xs" mt="xs">
        {out.size > 0 && left > 0 && (
          <Button
            variant="default"
            onClick={() => {
              onLeaveOut([...out])
            }}
          >
            <Plural value={left} one="Leave out, go on with # order" other="Leave out, go on with # orders" />
          </Button>
        )}
        {out.size > 0 && left === 0 && (
          <Button
            variant="default"
            onClick={() => {
              onLeaveOut([...out])
              onClose()
            }}
          >
            <Trans>Back to the orders</Trans>
          </Button>
        )}
        {out.size === 0 && onRetry && (
          <Button variant="default" onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        )}
      </Group>
    </Notice>
  )
}

function Taken({ order }: { order: AttachedElsewhere }) {
  const { order_number: number, invoice_id: invoiceId, invoice_number: invoice, attached_by: by } = order
  return (
    <li>
      <Trans>
        Order {number} is on{' '}
        <Link from={paths.workspace} to={paths.invoice} params={{ invoiceId }}>
          {invoice === null ? <Trans>a new invoice</Trans> : <Trans>invoice {invoice}</Trans>}
        </Link>
        : {by} put it there <Moment at={order.attached_at} />
      </Trans>
    </li>
  )
}
