import { Button } from '@mantine/core'
import { Plural, Trans } from '@lingui/react/macro'
import type { InvoicePreview } from '@/api/generated/types.gen'
import { Money } from '@/ui/Money'
import { invoiceTotal } from './invoiceTotal'
import classes from './AddToInvoice.module.css'

interface AddFootProps {
  preview: InvoicePreview | undefined
  isNew: boolean
  isBusy: boolean
  /** What is shown is being computed anew, or was refused. */
  isBlocked: boolean
  onCancel: () => void
  onSubmit: () => void
}

/** What the invoice comes to, and the button that makes it so; there is none while it must not be pressed. */
export function AddFoot({ preview, isNew, isBusy, isBlocked, onCancel, onSubmit }: AddFootProps) {
  const canSubmit =
    preview !== undefined && preview.is_sendable && preview.contact_name !== null && !isBlocked
  return (
    <>
      {preview && (
        <span className={classes.sum} data-numeric>
          <strong>
            <Money amount={invoiceTotal(preview.content.proof)} currency={preview.content.currency} />
          </strong>{' '}
          <span>
            <Plural value={preview.content.piece_count} one="# piece" other="# pieces" />
          </span>
        </span>
      )}
      <Button variant="default" onClick={onCancel} disabled={isBusy}>
        <Trans>Cancel</Trans>
      </Button>
      <Button onClick={onSubmit} loading={isBusy} disabled={!canSubmit}>
        {isNew ? <Trans>Create invoice</Trans> : <Trans>Add to this invoice</Trans>}
      </Button>
    </>
  )
}
