import { useCallback, useMemo, useState } from 'react'

/** The rows that a person picked, by id. The rows themselves are kept, so that sums hold for pages that are gone. */
export interface Selection<Row extends { id: string }> {
  rows: readonly Row[]
  size: number
  has: (id: string) => boolean
  /** Picks or drops these rows. */
  set: (rows: readonly Row[], picked: boolean) => void
  clear: () => void
}

/** `scope` is what the selection belongs to (a store, a view, a search); a new one starts empty. */
export function useSelection<Row extends { id: string }>(scope: string): Selection<Row> {
  const [held, hold] = useState<{ scope: string; rows: ReadonlyMap<string, Row> }>({ scope, rows: new Map() })
  const current = useMemo(() => (held.scope === scope ? held.rows : new Map<string, Row>()), [held, scope])

  const set = useCallback(
    (rows: readonly Row[], picked: boolean) => {
      hold((before) => {
        const next = new Map(before.scope === scope ? before.rows : [])
        for (const row of rows) {
          if (picked) next.set(row.id, row)
          else next.delete(row.id)
        }
        return { scope, rows: next }
      })
    },
    [scope],
  )
  const clear = useCallback(() => {
    hold({ scope, rows: new Map() })
  }, [scope])

  return useMemo(
    () => ({ rows: [...current.values()], size: current.size, has: (id) => current.has(id), set, clear }),
    [current, set, clear],
  )
}
