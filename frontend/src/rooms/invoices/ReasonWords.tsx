import { Trans } from '@lingui/react/macro'

/** Why an order may not go on an invoice, as the end of a sentence. */
export function ReasonWords({ reason }: { reason: string }) {
  switch (reason) {
    case 'cancelled':
      return <Trans>is cancelled</Trans>
    case 'pending_approval':
      return <Trans>waits for approval in InkSoft</Trans>
    case 'store_not_shared':
      return <Trans>belongs to a store that is not shared</Trans>
    case 'before_share_date':
      return <Trans>was placed before the day from which orders are shared</Trans>
    case 'source_off':
      return <Trans>comes from a source that is not shared</Trans>
    default:
      return <Trans>has not been read completely yet</Trans>
  }
}
