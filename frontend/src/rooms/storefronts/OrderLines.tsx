import { Trans } from '@lingui/react/macro'
import type { OrderLine } from '@/api/generated/types.gen'
import { count } from '@/lib/numbers'
import { Money } from '@/ui/Money'
import classes from './OrderLines.module.css'

/** What was ordered: each style, colour and size with its decorations and names. */
export function OrderLines({ lines, currency }: { lines: readonly OrderLine[]; currency: string }) {
  return (
    <ul className={classes.lines} data-numeric>
      {lines.map((line) => (
        <li key={line.external_id}>
          <span className={classes.name}>
            {[line.name, line.color, line.size].filter(Boolean).join(' · ')}
          </span>
          <span>
            <Trans>{count(line.quantity)} ×</Trans>{' '}
            <Money amount={line.unit_price_amount} currency={currency} />
          </span>
          <Money amount={line.total_amount} currency={currency} />
          {line.decorations.map(({ location, method, artwork, colors }, at) => (
            <span key={`side-${at}`} className={classes.detail}>
              {[location, method, artwork, colors.join(', ')].filter(Boolean).join(' · ')}
            </span>
          ))}
          {line.personalizations.map(({ name, number, values, quantity }, at) => (
            <bdi key={`name-${at}`} className={classes.detail}>
              {[
                quantity > 1 && `${count(quantity)} ×`,
                name,
                number && `#${number}`,
                ...values.map(({ label, text }) => `${label}: ${text}`),
              ]
                .filter(Boolean)
                .join(' ')}
            </bdi>
          ))}
        </li>
      ))}
    </ul>
  )
}
