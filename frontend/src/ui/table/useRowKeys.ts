import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { useShortcut } from '@/lib/shortcuts'

interface RowKeys {
  /** How many rows there are. */
  length: number
  /** The row that has the keyboard. */
  active: number
  onMove: (index: number) => void
  /** Rows that a page key moves over. */
  pageSize: number
  container: RefObject<HTMLElement | null>
  /** Brings a row into sight, so that it is there to take the focus. */
  reveal: (index: number) => void
  /** Picks or drops the row; `extend` also all rows since the last one. */
  onToggle: ((index: number, extend: boolean) => void) | undefined
}

/**
 * One row has the keyboard: its link is the table's one tab stop. `j`/`k` from anywhere on the screen, arrows, Home, End
 * and page keys inside the table; `x` picks, Shift with an arrow picks on. Enter is the link's own.
 */
export function useRowKeys({ length, active, onMove, pageSize, container, reveal, onToggle }: RowKeys) {
  const wanted = useRef<number>(undefined)

  const focusWanted = () => {
    if (wanted.current === undefined) return
    const row = container.current?.querySelector<HTMLElement>(
      `[data-index="${wanted.current}"] [data-row-link]`,
    )
    if (!row) return
    wanted.current = undefined
    row.focus({ preventScroll: true })
  }
  // The wanted row may only be drawn after scrolling: look for it after each drawing.
  useEffect(focusWanted)

  const isInside = () =>
    container.current?.querySelector('[data-row-link]:focus, [data-index] input:focus') != null
  const go = (index: number) => {
    if (length === 0) return
    const next = Math.min(length - 1, Math.max(0, index))
    wanted.current = next
    reveal(next)
    onMove(next)
    focusWanted()
  }

  useShortcut('j', () => {
    go(isInside() ? active + 1 : active)
  })
  useShortcut('k', () => {
    go(isInside() ? active - 1 : active)
  })
  useShortcut('x', () => {
    if (isInside()) onToggle?.(active, false)
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + pageSize,
      PageUp: active - pageSize,
      Home: 0,
      End: length - 1,
    }
    const next = steps[event.key]
    if (next === undefined || !isInside() || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    if (event.shiftKey && onToggle) {
      onToggle(active, true)
      onToggle(Math.min(length - 1, Math.max(0, next)), true)
    }
    go(next)
  }

  return onKeyDown
}
