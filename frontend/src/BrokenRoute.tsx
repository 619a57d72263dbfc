import { t } from '@lingui/core/macro'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { explain } from '@/api/explain'
import { Problem } from '@/api/problem'
import { BrokenPage } from '@/ui/LostPages'

/** A route that could not be entered, or a screen that broke: what happened, and another try. */
export function BrokenRoute({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const told =
    error instanceof Problem
      ? explain(error)
      : { title: t`This screen broke`, words: t`Nothing that you saved is lost. Load it again.` }
  return (
    <BrokenPage
      {...told}
      requestId={error instanceof Problem ? error.requestId : undefined}
      onRetry={() => {
        reset()
        void router.invalidate()
      }}
    />
  )
}
