import { flexRender, type Row as TableModelRow } from '@tanstack/react-table'
import { useLingui } from '@lingui/react/macro'
import { memo, type ReactElement, type ReactNode } from 'react'
import { ActiveRow } from './active'
import { classOf } from './classOf'
import classes from './DataTable.module.css'

/** What the caller's link has to carry; it renders `<Link {...link} to=…>`. */
export interface RowLink {
  className: string
  tabIndex: number
  'data-row-link': ''
  children: ReactNode
}

interface TableRowProps<Row extends { id: string }> {
  row: TableModelRow<Row>
  index: number
  /** The row that the keyboard is on. */
  isActive: boolean
  isPicked: boolean
  link: (row: Row, link: RowLink) => ReactElement
  name: (row: Row) => string
  onFocus: (index: number) => void
  onToggle: ((index: number, extend: boolean) => void) | undefined
}

function Drawn<Row extends { id: string }>(props: TableRowProps<Row>) {
  const { row, index, isActive, isPicked, link, name, onFocus, onToggle } = props
  const { t } = useLingui()
  const tabIndex = isActive ? 0 : -1
  const rowName = name(row.original)
  return (
    <tr
      className={classes.row}
      aria-rowindex={index + 2}
      data-index={index}
      data-picked={isPicked || undefined}
      onFocus={() => {
        onFocus(index)
      }}
    >
      {onToggle && (
        <td className={classes.pick}>
          <label className={classes.box}>
            <input
              type="checkbox"
              aria-label={t`Select ${rowName}`}
              tabIndex={tabIndex}
              checked={isPicked}
              onChange={(event) => {
                onToggle(index, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
              }}
            />
          </label>
        </td>
      )}
      <ActiveRow value={isActive}>
        {row.getVisibleCells().map((cell, at) => {
          const children = flexRender(cell.column.columnDef.cell, cell.getContext())
          const linked = { className: classes.link ?? '', tabIndex, 'data-row-link': '', children } as const
          return (
            <td key={cell.id} className={classOf(cell.column.columnDef.meta)}>
              {at === 0 ? link(row.original, linked) : children}
            </td>
          )
        })}
      </ActiveRow>
    </tr>
  )
}

/** Drawn anew only when something of its own changed: with thousands of rows that is what keeps a click fast. */
export const TableRow = memo(Drawn) as typeof Drawn
