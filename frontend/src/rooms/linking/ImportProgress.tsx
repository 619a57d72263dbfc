import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Notice } from '@/ui/Notice'
import { LongWork } from '@/ui/LongWork'
import { latestRunOptions } from './queries'

// The others come by themselves, all the time: nobody waits for them.
const SHOWN: ReadonlySet<string> = new Set(['first_import', 'requested'])

/** How far the first reading of all orders is, or why the last reading failed; otherwise nothing. */
export function ImportProgress() {
  const { t } = useLingui()
  const { data: run } = useQuery(latestRunOptions)
  if (run?.state === 'failed' && run.problem) {
    return (
      <Notice tone="need" title={<Trans>The last reading of InkSoft failed</Trans>}>
        {run.problem.detail}
      </Notice>
    )
  }
  if (run?.state !== 'running' || !SHOWN.has(run.kind)) return null
  return (
    <LongWork
      label={run.kind === 'first_import' ? t`Importing orders from InkSoft` : t`Reading orders from InkSoft`}
      done={run.seen}
      total={run.expected ?? undefined}
    />
  )
}
