import { useCallback, useLayoutEffect, useRef } from 'react'
import type { Selection } from '@/lib/selection'

/** Picking of rows by index. `onToggle` keeps its identity, so that a click draws one row and not all. */
export function usePicking<Row extends { id: string }>(
  rows: readonly Row[],
  selection: Selection<Row> | undefined,
) {
  const latest = useRef({ rows, selection })
  const anchor = useRef<number>(undefined)
  // Written after drawing, read in events only.
  useLayoutEffect(() => {
    latest.current = { rows, selection }
  })

  const toggle = useCallback((index: number, extend: boolean) => {
    const now = latest.current
    const row = now.rows[index]
    if (!row || !now.selection) return
    const from = extend ? (anchor.current ?? index) : index
    const picked = extend || !now.selection.has(row.id)
    now.selection.set(now.rows.slice(Math.min(from, index), Math.max(from, index) + 1), picked)
    anchor.current = index
  }, [])
  const onPickAll = (picked: boolean) => {
    selection?.set(rows, picked)
  }

  if (!selection) return { picked: undefined, onToggle: undefined, onPickAll }
  const count = rows.filter((row) => selection.has(row.id)).length
  const picked = count === 0 ? 'none' : count === rows.length ? 'all' : 'some'
  return { picked, onToggle: toggle, onPickAll } as const
}
