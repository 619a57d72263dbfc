import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useEffectEvent } from 'react'

const ROW = 40
const SPARE = 8
/** So many rows before the end the next page is asked for. */
const NEAR = 15

interface WindowOf {
  container: RefObject<HTMLElement | null>
  length: number
  /** The row that has the keyboard; it stays drawn, so that the focus is never lost by scrolling. */
  active: number
  onNearEnd: (() => void) | undefined
}

/** Which rows are drawn: those in sight, a few more, and the one that has the focus wherever it is. */
export function useWindow({ container, length, active, onNearEnd }: WindowOf) {
  const virtual = useVirtualizer({
    count: length,
    getScrollElement: () => container.current,
    estimateSize: () => ROW,
    overscan: SPARE,
    useFlushSync: false, // React refuses to flush inside its own effects; the spare rows cover the one frame
    scrollPaddingStart: 36, // the head stays above the rows
    rangeExtractor: useCallback(
      (range: Range) => {
        const drawn = new Set(defaultRangeExtractor(range))
        if (active < range.count) drawn.add(active)
        return [...drawn].sort((a, b) => a - b)
      },
      [active],
    ),
  })

  const drawn = virtual.getVirtualItems()
  const items = drawn.map((item, at) => ({
    index: item.index,
    before: item.start - (drawn[at - 1]?.end ?? 0),
  }))
  const end = drawn.at(-1)?.end ?? 0

  const last = virtual.range?.endIndex ?? 0
  const nearEnd = useEffectEvent(() => onNearEnd?.())
  useEffect(() => {
    if (length > 0 && last >= length - NEAR) nearEnd()
  }, [last, length])

  return {
    items,
    after: virtual.getTotalSize() - end,
    reveal: (index: number) => {
      virtual.scrollToIndex(index, { align: 'auto' })
    },
    pageSize: Math.max(1, Math.floor((virtual.scrollRect?.height ?? ROW) / ROW) - 2),
  }
}
