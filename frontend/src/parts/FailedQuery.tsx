import { explain } from '@/api/explain'
import type { Problem } from '@/api/problem'
import { Failed } from '@/ui/Empty'

interface FailedQueryProps {
  query: { error: Problem | null; refetch: () => unknown }
}

/** What could not be read, in words, with another try. */
export function FailedQuery({ query: { error, refetch } }: FailedQueryProps) {
  if (!error) return null
  return <Failed {...explain(error)} requestId={error.requestId} onRetry={() => void refetch()} />
}
