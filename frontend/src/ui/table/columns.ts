import type { ColumnDef, RowData } from '@tanstack/react-table'

declare module '@tanstack/react-table' {
  // The type parameters are those of the declaration that this one joins.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface ColumnMeta<TData extends RowData, TValue> {
    /** The column that takes the room that is left. */
    fill?: boolean
    /** Figures stand at the end, under each other. */
    align?: 'end'
    /** Left out where the table itself is narrower than this. */
    hideBelow?: 'sm' | 'md'
  }
}

/** A column: `id`, `header`, `cell`, a `size` in px, and what `meta` says; with `accessorFn` it can be sorted. */
export type Column<Row> = ColumnDef<Row>
