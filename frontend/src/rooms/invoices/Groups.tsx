import { Anchor, Stack } from '@mantine/core'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { InvoiceContent, InvoiceGroup } from '@/api/generated/types.gen'
import { Money } from '@/ui/Money'
import { SizeGrid } from '@/ui/SizeGrid'
import { piecesOf } from '@/ui/sizes'
import { Goods } from './Goods'
import classes from './Groups.module.css'
import { NamesList } from './NamesList'
import { sizeLinesOf } from './sizeLines'
import { SizeRuns } from './SizeRuns'
import { readable } from './writtenTexts'

/**
 * The line item groups: one per decoration, each with its sizes, imprints, names and numbers. Where it is narrow, sizes
 * are written out line by line: a run of 24 columns would hide what it adds up to.
 */
export function Groups({ content, isNarrow = false }: { content: InvoiceContent; isNarrow?: boolean }) {
  return (
    <Stack gap="xl">
      {content.groups.map((group, at) => (
        <Group key={at} group={group} place={at + 1} currency={content.currency} isNarrow={isNarrow} />
      ))}
    </Stack>
  )
}

interface GroupProps {
  group: InvoiceGroup
  place: number
  currency: string
  isNarrow: boolean
}

function Group({ group, place, currency, isNarrow }: GroupProps) {
  const { t } = useLingui()
  const lines = sizeLinesOf(group, currency)
  const pieces = lines.reduce((sum, { sizes }) => sum + piecesOf(sizes), 0)
  const amount = group.lines.reduce((sum, line) => sum + line.total_amount, 0)
  return (
    <section className={classes.group} aria-label={t`Group ${place}`}>
      <h3 data-numeric>
        <Trans>Group {place}</Trans> · <Plural value={pieces} one="# piece" other="# pieces" /> ·{' '}
        <Money amount={amount} currency={currency} />
      </h3>
      {group.imprints.length > 0 && (
        <ul className={classes.imprints} aria-label={t`Imprints of group ${place}`}>
          {group.imprints.map(({ details, mockup_url: mockup }, at) => (
            <li key={at}>
              {readable(details)}
              {mockup !== null && (
                <>
                  {' '}
                  <Anchor inherit href={mockup} target="_blank" rel="noreferrer">
                    <Trans>Mockup</Trans>
                  </Anchor>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {isNarrow ? (
        <SizeRuns label={t`Lines of group ${place}`} lines={lines} />
      ) : (
        <SizeGrid label={t`Sizes of group ${place}`} lines={lines} amounts={[t`Price`, t`Total`]} />
      )}
      <Goods group={group} place={place} />
      <NamesList group={group} />
    </section>
  )
}
