import { Trans, useLingui } from '@lingui/react/macro'
import type { InvoiceGroup } from '@/api/generated/types.gen'
import { countWords, goodsWords, overruledWords } from './goodsWords'
import classes from './Groups.module.css'
import { wordsOfLine } from './writtenTexts'

/**
 * How far the blanks of a group are: the least advanced of its lines, of how many pieces, and who says so. Where the
 * sides differ, what the other one says stays readable. A preview has none.
 */
export function Goods({ group, place }: { group: InvoiceGroup; place: number }) {
  const { t } = useLingui()
  const { purchasing, lines } = group
  if (purchasing === null) return null
  const { counts, piece_count: pieces, source } = purchasing
  const first = counts.at(0)
  const sources = { inksoft: 'InkSoft', printavo: 'Printavo', both: t`InkSoft and Printavo` }
  const others = lines.flatMap(({ description, color, personalizations, purchasing: line }, at) => {
    const words = line && overruledWords(line)
    const { name } = wordsOfLine(description, personalizations.length > 0)
    return words ? [<li key={at}>{[name, color, words].filter(Boolean).join(' · ')}</li>] : []
  })
  return (
    <ul className={classes.imprints} aria-label={t`Purchasing of group ${place}`} data-numeric>
      <li>
        <Trans>Purchasing:</Trans>{' '}
        {source === null || first === undefined ? (
          <Trans>not set yet</Trans>
        ) : (
          <>
            <strong>{goodsWords(first)}</strong> · {counts.map((one) => countWords(one, pieces)).join(', ')} ·{' '}
            <Trans>from {sources[source]}</Trans>
          </>
        )}
      </li>
      {others}
    </ul>
  )
}
