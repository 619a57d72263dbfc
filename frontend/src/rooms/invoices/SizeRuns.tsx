import { Trans } from '@lingui/react/macro'
import { count } from '@/lib/numbers'
import type { SizeLine } from '@/ui/SizeGrid'
import { piecesOf, SIZES } from '@/ui/sizes'
import classes from './Groups.module.css'

/** Size runs where there is no room for a grid: each line with its sizes in reading order, Other last. */
export function SizeRuns({ label, lines }: { label: string; lines: readonly SizeLine[] }) {
  return (
    <ul className={classes.runs} aria-label={label} data-numeric>
      {lines.map(({ id, name, detail, sizes, amounts = [] }) => {
        const [price, total] = amounts
        return (
          <li key={id}>
            <strong>{name}</strong>
            <span className={classes.end}>{total}</span>
            <span className={classes.sizes}>
              {SIZES.flatMap(([size, code]) =>
                sizes
                  .filter((one) => one.size === size)
                  .map(({ pieces, text }, at) => (
                    <span key={`${size} ${at}`}>
                      <span className={classes.weak}>{text ?? code}</span> {count(pieces)}
                    </span>
                  )),
              )}
            </span>
            <span className={`${classes.end} ${classes.weak}`}>
              <Trans>
                {count(piecesOf(sizes))} × {price}
              </Trans>
            </span>
            {detail !== undefined && <span className={classes.weak}>{detail}</span>}
          </li>
        )
      })}
    </ul>
  )
}
