import { VisuallyHidden } from '@mantine/core'
import { Trans } from '@lingui/react/macro'
import type { Day } from '@/api/generated/types.gen'
import { day } from '@/lib/moments'
import { count } from '@/lib/numbers'
import classes from './OrdersPerDay.module.css'

/** The day as the service says it is the shop's own; noon keeps it that day in every browser. */
const dayOf = (on: string) => day(new Date(`${on}T12:00:00`))

/** Orders of each day, today last; every bar says its figure to whoever hovers or cannot see it. */
export function OrdersPerDay({ days }: { days: readonly Day[] }) {
  const most = Math.max(...days.map(({ order_count }) => order_count))
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last || most === 0) return null
  return (
    <figure className={classes.chart} style={{ margin: 0 }}>
      <figcaption className={classes.title}>
        <Trans>Orders per day</Trans>
        <span data-numeric>
          <Trans>at most {count(most)}</Trans>
        </span>
      </figcaption>
      <ul className={classes.bars}>
        {days.map(({ on, order_count: orders }) => {
          const words = `${dayOf(on)}: ${count(orders)}`
          return (
            <li key={on} title={words} style={{ height: `${(orders / most) * 100}%` }}>
              <VisuallyHidden>{words}</VisuallyHidden>
            </li>
          )
        })}
      </ul>
      <div className={classes.ends} aria-hidden>
        <span>{dayOf(first.on)}</span>
        <span>{dayOf(last.on)}</span>
      </div>
    </figure>
  )
}
