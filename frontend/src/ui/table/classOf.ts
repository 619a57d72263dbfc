import type { ColumnMeta } from '@tanstack/react-table'
import classes from './DataTable.module.css'

/** The classes of a column's cells. */
export function classOf<Row>(meta: ColumnMeta<Row, unknown> | undefined): string {
  const hidden = { sm: classes.hideBelowSm, md: classes.hideBelowMd }
  return [meta?.align === 'end' && classes.end, meta?.hideBelow && hidden[meta.hideBelow]]
    .filter(Boolean)
    .join(' ')
}
