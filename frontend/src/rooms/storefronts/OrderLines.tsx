import { Anchor } from '@mantine/core'
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
          {line.decorations.map(({ location, method, artwork, colors, mockup_url: mockup }, at) => (
            <span key={`side-${at}`} className={classes.detail}>
              {[location, method, artwork, colors.join(', ')].filter(Boolean).join(' · ')}
              {mockup !== null && <Mockup href={mockup} />}
            </span>
          ))}
          <Previews of={line} />
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

/** Before there are production cards no decoration has a picture: then the item's own sides are shown. */
function Previews({ of: { decorations, mockup_urls: previews = [] } }: { of: OrderLine }) {
  if (previews.length === 0 || decorations.some(({ mockup_url: mockup }) => mockup !== null)) return null
  return (
    <span className={classes.detail}>
      {previews.map((preview) => (
        <Mockup key={preview} href={preview} />
      ))}
    </span>
  )
}

function Mockup({ href }: { href: string }) {
  return (
    <>
      {' '}
      <Anchor inherit href={href} target="_blank" rel="noreferrer">
        <Trans>Mockup</Trans>
      </Anchor>
    </>
  )
}
