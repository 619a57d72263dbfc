import { createContext, use } from 'react'

/** Whether the row around has the keyboard; outside a table everything has. */
export const ActiveRow = createContext(true)

/** The `tabIndex` of what can be pressed inside a cell: only the row that has the keyboard is a stop for Tab. */
export function useRowTabIndex(): 0 | -1 {
  return use(ActiveRow) ? 0 : -1
}
