import { useLingui } from '@lingui/react/macro'
import { type QueryKey, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { listSyncRuns } from '@/api/generated/sdk.gen'
import { LongWork } from '@/ui/LongWork'

/** The first reading of all orders while it runs, otherwise null; followed closely while there is one. */
export const firstImportOptions = queryOptions({
  queryKey: ['sync-runs', 'first-import'],
  queryFn: async ({ signal }) => {
    const { data } = await listSyncRuns({ query: { limit: 10 }, signal })
    return data.data.find(({ kind, state }) => kind === 'first_import' && state === 'running') ?? null
  },
  refetchInterval: ({ state }) => (state.data ? 2_000 : 30_000),
})

/** How far the first import is; nothing once it is done. What it `brings` is read anew as it comes. */
export function FirstImport({ brings }: { brings: QueryKey }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const { data: run } = useQuery(firstImportOptions)
  const step = run === undefined ? undefined : run ? run.seen + run.details_read : 0
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current !== undefined && step !== shown.current) {
      void client.invalidateQueries({ queryKey: brings })
    }
    shown.current = step
  }, [step, brings, client])
  if (!run) return null
  return (
    <LongWork
      label={t`Orders are being imported from InkSoft`}
      done={run.seen}
      total={run.expected ?? undefined}
    />
  )
}
