const BOARD =
  'M5 9.5A5.5 5.5 0 0 1 10.5 4h11A5.5 5.5 0 0 1 27 9.5V20a4 4 0 0 1-4 4h-4.25v2.5a2.75 2.75 0 0 1-5.5 0V24H9a4 4 0 0 1-4-4z'
const DROP = 'M16 7.25c2.9 3.3 4.75 5.6 4.75 8.1a4.75 4.75 0 0 1-9.5 0c0-2.5 1.85-4.8 4.75-8.1z'

interface MarkProps {
  size?: number
  board?: string
  drop?: string
}

/** The mark: the board that holds the garment, and a drop of ink. Says nothing by itself, the name stands beside it. */
export function Mark({ size = 28, board = 'var(--p-heading)', drop = '#5fd0bb' }: MarkProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <path d={BOARD} fill={board} />
      <path d={DROP} fill={drop} />
    </svg>
  )
}
