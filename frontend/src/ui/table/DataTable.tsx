import { Loader } from '@mantine/core'
import { getCoreRowModel, type SortingState, useReactTable } from '@tanstack/react-table'
import { useLingui } from '@lingui/react/macro'
import { Fragment, type ReactElement, type ReactNode, useRef, useState } from 'react'
import type { Selection } from '@/lib/selection'
import { classOf } from './classOf'
import type { Column } from './columns'
import classes from './DataTable.module.css'
import { SkeletonRows } from './SkeletonRows'
import { TableHead } from './TableHead'
import { type RowLink, TableRow } from './TableRow'
import { usePicking } from './usePicking'
import { useRowKeys } from './useRowKeys'
import { useWindow } from './useWindow'

export interface DataTableProps<Row extends { id: string }> {
  /** Names the table for those who do not see its heading. */
  label: string
  /** Must keep its identity from drawing to drawing. The first column is what the row's link says. */
  columns: Column<Row>[]
  rows: Row[]
  /** The link that a row opens. Must keep its identity, like `rowName`. */
  rowLink: (row: Row, link: RowLink) => ReactElement
  /** What the row is called: the order's number, the store's name. */
  rowName: (row: Row) => string
  selection?: Selection<Row> | undefined
  sort?: { by: SortingState; onSort: (by: SortingState) => void } | undefined
  /** All rows that match, when it is known. */
  total?: number | undefined
  hasMore?: boolean
  isFirstLoad?: boolean
  isStale?: boolean
  isLoadingMore?: boolean
  /** The end comes into sight: read on. */
  onNearEnd?: (() => void) | undefined
  /** What stands there instead of no rows. */
  empty: ReactNode
}

const NO_SORT: SortingState = []

/** A dense list of any length: only the rows in sight are drawn. Whole rows open; keys as in `useRowKeys`. */
export function DataTable<Row extends { id: string }>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowLink, rowName, selection, sort, total, hasMore = false, empty } = props
  const { isFirstLoad = false, isStale = false, isLoadingMore = false, onNearEnd } = props
  const { t } = useLingui()
  const container = useRef<HTMLDivElement>(null)
  const table = useReactTable({
    data: rows,
    columns,
    getCoreRowModel: getCoreRowModel(),
    getRowId: (row) => row.id,
    manualSorting: true,
    enableMultiSort: false,
    enableSortingRemoval: false,
    state: { sorting: sort?.by ?? NO_SORT },
    onSortingChange: (change) => {
      sort?.onSort(typeof change === 'function' ? change(sort.by) : change)
    },
  })
  const model = table.getRowModel().rows
  const { picked, onToggle, onPickAll } = usePicking(rows, selection)
  const { length } = rows
  const [chosen, setActive] = useState(0)
  const active = Math.min(chosen, Math.max(0, length - 1))
  const { items, after, reveal, pageSize } = useWindow({ container, length, active, onNearEnd })
  const onKeyDown = useRowKeys({ length, active, onMove: setActive, pageSize, container, reveal, onToggle })
  const span = columns.length + (selection ? 1 : 0)

  if (length === 0 && !isFirstLoad) return empty
  return (
    // The keys belong to the links of the rows; they are only caught here.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={container} className={classes.scroll} onKeyDown={onKeyDown}>
      <table
        className={classes.table}
        aria-label={label}
        aria-rowcount={total !== undefined ? total + 1 : hasMore ? -1 : length + 1}
        aria-busy={isFirstLoad || isStale || isLoadingMore}
      >
        <colgroup>
          {selection && <col style={{ width: 40 }} />}
          {table.getVisibleLeafColumns().map((column) => {
            const { meta } = column.columnDef
            return (
              <col
                key={column.id}
                className={classOf(meta)}
                {...(!meta?.fill && { style: { width: column.getSize() } })}
              />
            )
          })}
        </colgroup>
        <TableHead table={table} picked={picked} onPickAll={onPickAll} />
        <tbody className={isStale ? classes.stale : undefined}>
          {isFirstLoad && <SkeletonRows columns={span} />}
          {items.map(({ index, before }) => {
            const row = model[index]
            return (
              row && (
                <Fragment key={row.id}>
                  <Space height={before} columns={span} />
                  <TableRow
                    row={row}
                    index={index}
                    isActive={index === active}
                    isPicked={selection?.has(row.id) ?? false}
                    link={rowLink}
                    name={rowName}
                    onFocus={setActive}
                    onToggle={onToggle}
                  />
                </Fragment>
              )
            )
          })}
          <Space height={after} columns={span} />
        </tbody>
      </table>
      {isLoadingMore && <Loader size="sm" m="md" role="status" aria-label={t`Loading more`} />}
    </div>
  )
}

/** The room of the rows that are not drawn. */
function Space({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr className={classes.space} aria-hidden>
      <td colSpan={columns} style={{ height }} />
    </tr>
  )
}
