import { Button, Loader } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import type { InvoiceRead } from '@/api/generated/types.gen'
import { toastProblem } from '@/parts/toast'
import { CheckIcon, ClockIcon } from '@/ui/icons'
import { Notice } from '@/ui/Notice'
import { useRetryPush } from './effects'
import classes from './PushProgress.module.css'
import { isSettled } from './queries'

/** How far the invoice is on its way to Printavo, or why it stopped and what to do; nothing once it is there. */
export function PushProgress({ invoice }: { invoice: InvoiceRead }) {
  if (!isSettled(invoice)) return <Steps at={invoice.push_state} />
  if (invoice.push_state === 'in_printavo') return null
  return <Stopped invoice={invoice} />
}

function Steps({ at }: { at: InvoiceRead['push_state'] }) {
  const { t } = useLingui()
  const steps = [
    ['queued', t`Waiting for its turn`],
    ['sending', t`Being written to Printavo`],
    ['checking', t`Being compared to the cent`],
  ] as const
  const now = Math.max(
    0,
    steps.findIndex(([state]) => state === at),
  )
  return (
    <div role="status">
      <ol className={classes.steps} aria-label={t`On its way to Printavo`}>
        {steps.map(([state, words], place) => (
          <li key={state} aria-current={place === now ? 'step' : undefined}>
            {place < now && <CheckIcon />}
            {place === now && <Loader size={14} color="currentColor" aria-hidden />}
            {place > now && <ClockIcon />}
            {words}
          </li>
        ))}
      </ol>
    </div>
  )
}

function Stopped({ invoice }: { invoice: InvoiceRead }) {
  const retry = useRetryPush(invoice.id)
  const isRefused = invoice.push_state === 'refused'
  return (
    <Notice
      tone={isRefused ? 'lost' : 'need'}
      title={
        isRefused ? <Trans>Printavo did not take it</Trans> : <Trans>Somebody has to look at this</Trans>
      }
      action={
        <Button
          variant="default"
          loading={retry.isPending}
          onClick={() => {
            retry.mutate(undefined, { onError: toastProblem })
          }}
        >
          <Trans>Try again</Trans>
        </Button>
      }
    >
      {invoice.push_problem?.detail}{' '}
      <Trans>
        The orders stay on this invoice. Put right what stopped it, then try again: nothing is doubled.
      </Trans>
    </Notice>
  )
}
