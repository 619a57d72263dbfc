import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { count } from '@/lib/numbers'
import { piecesOf, type Size, type SizeCount, sizesOf } from './sizes'
import classes from './SizeGrid.module.css'

export interface SizeLine {
  id: string
  /** Style and colour. */
  name: ReactNode
  /** Item number, decoration … */
  detail?: ReactNode
  sizes: readonly SizeCount[]
  /** Stands after the pieces: unit price, line total. */
  amounts?: readonly ReactNode[]
}

interface SizeGridProps {
  label: string
  lines: readonly SizeLine[]
  /** Heads of the amounts of each line. */
  amounts?: readonly ReactNode[]
}

/** A size run: lines down, sizes across, only those that occur. An Other size keeps the text it had in the store. */
export function SizeGrid({ label, lines, amounts = [] }: SizeGridProps) {
  const sizes = sizesOf(lines)
  return (
    // A long run scrolls sideways by keyboard too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={classes.grid} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Line</Trans>
            </th>
            {sizes.map(([size, name]) => (
              <th key={size} scope="col">
                {size === 'size_other' ? <Trans>Other</Trans> : name}
              </th>
            ))}
            <th scope="col">
              <Trans>Pieces</Trans>
            </th>
            {amounts.map((head, at) => (
              <th key={at} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">
                {line.name}
                {line.detail !== undefined && <div className={classes.detail}>{line.detail}</div>}
              </th>
              {sizes.map(([size]) => (
                <td key={size}>
                  <Pieces of={line.sizes} size={size} />
                </td>
              ))}
              <td className={classes.total}>{count(piecesOf(line.sizes))}</td>
              {line.amounts?.map((amount, at) => (
                <td key={at}>{amount}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Pieces({ of, size }: { of: readonly SizeCount[]; size: Size }) {
  const found = of.filter((one) => one.size === size)
  const pieces = piecesOf(found)
  if (pieces === 0) return <span className={classes.none}>·</span>
  if (size !== 'size_other') return count(pieces)
  return (
    <span className={classes.other}>
      {found.map((one, at) => (
        <span key={at}>
          {one.text ? `${one.text} ` : ''}
          {count(one.pieces)}
        </span>
      ))}
    </span>
  )
}
