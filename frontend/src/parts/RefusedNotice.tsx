import { explain } from '@/api/explain'
import type { Problem } from '@/api/problem'
import { Notice } from '@/ui/Notice'

/** Why something was not done. */
export function RefusedNotice({ problem }: { problem: Problem }) {
  const { title, words } = explain(problem)
  return (
    <Notice tone="lost" title={title} requestId={problem.requestId}>
      {words}
    </Notice>
  )
}
