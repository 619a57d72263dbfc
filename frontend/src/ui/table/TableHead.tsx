import { UnstyledButton } from '@mantine/core'
import { flexRender, type Header, type SortDirection, type Table } from '@tanstack/react-table'
import { useLingui } from '@lingui/react/macro'
import { useEffect, useRef } from 'react'
import { ChevronIcon } from '@/ui/icons'
import { classOf } from './classOf'
import classes from './DataTable.module.css'

const spoken: Record<SortDirection, 'ascending' | 'descending'> = { asc: 'ascending', desc: 'descending' }

interface TableHeadProps<Row> {
  table: Table<Row>
  /** How many of the loaded rows are picked; nothing when rows cannot be picked. */
  picked: 'none' | 'some' | 'all' | undefined
  onPickAll: (picked: boolean) => void
}

export function TableHead<Row>({ table, picked, onPickAll }: TableHeadProps<Row>) {
  const { t } = useLingui()
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = picked === 'some'
  }, [picked])
  return (
    <thead>
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id} aria-rowindex={1}>
          {picked !== undefined && (
            <th className={classes.pick} scope="col">
              <label className={classes.box}>
                <input
                  ref={box}
                  type="checkbox"
                  aria-label={t`Select all loaded rows`}
                  checked={picked === 'all'}
                  onChange={(event) => {
                    onPickAll(event.currentTarget.checked)
                  }}
                />
              </label>
            </th>
          )}
          {group.headers.map((header) => (
            <HeadCell key={header.id} header={header} />
          ))}
        </tr>
      ))}
    </thead>
  )
}

function HeadCell<Row>({ header }: { header: Header<Row, unknown> }) {
  const { column } = header
  const sorted = column.getIsSorted()
  const words = flexRender(column.columnDef.header, header.getContext())
  return (
    <th
      scope="col"
      className={classOf(column.columnDef.meta)}
      {...(column.getCanSort() && { 'aria-sort': sorted ? spoken[sorted] : 'none' })}
    >
      {column.getCanSort() ? (
        <UnstyledButton
          className={classes.sort}
          data-sorted={sorted || undefined}
          onClick={column.getToggleSortingHandler()}
        >
          {words}
          <ChevronIcon />
        </UnstyledButton>
      ) : (
        words
      )}
    </th>
  )
}
