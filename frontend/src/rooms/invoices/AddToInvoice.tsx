import { SegmentedControl, Stack } from '@mantine/core'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { paths } from '@/paths'
import { SideDrawer } from '@/ui/SideDrawer'
import { toastDone } from '@/ui/toast'
import { Waiting } from '@/ui/Waiting'
import { AddFoot } from './AddFoot'
import { type Intent, useAddOrders } from './effects'
import { InvoicePicker } from './InvoicePicker'
import { type Details, PreviewPart } from './PreviewPart'
import { previewOptions } from './queries'
import { Refusal } from './Refusal'

interface AddToInvoiceProps {
  store: { id: string; name: string }
  orders: readonly { id: string; number: string }[]
  /** `new`, `existing` while one is being chosen, or the id of the chosen one. */
  target: string
  onTarget: (target: string) => void
  onLeaveOut: (orderIds: readonly string[]) => void
  onClose: () => void
}

const AS_SETTINGS_SAY: Details = { nickname: '', dueOn: '' }

/** The drawer in which picked orders go on an invoice: where to, what comes out to the cent, and only then the act. */
export function AddToInvoice({ store, orders, target, onTarget, onLeaveOut, onClose }: AddToInvoiceProps) {
  const { t } = useLingui()
  const navigate = useNavigate({ from: paths.workspace })
  const [details, setDetails] = useState(AS_SETTINGS_SAY)
  const isChoosing = target === 'existing'
  const invoiceId = target === 'new' || isChoosing ? undefined : target
  const orderIds = orders.map(({ id }) => id)
  const preview = useQuery({ ...previewOptions(orderIds, invoiceId), enabled: !isChoosing })
  const add = useAddOrders()
  const problem = isChoosing ? null : (add.error ?? preview.error)

  const submit = () => {
    add.mutate(intentOf(orderIds, invoiceId, details), {
      onSuccess: (invoice) => {
        toastDone(
          <Plural
            value={orderIds.length}
            one="# order is on the invoice. Printavo gets it now."
            other="# orders are on the invoice. Printavo gets them now."
          />,
        )
        void navigate({ to: paths.invoice, params: { invoiceId: invoice.id } })
      },
    })
  }
  const choose = (next: string) => {
    add.reset()
    onTarget(next)
  }
  return (
    <SideDrawer
      opened
      onClose={() => {
        if (!add.isPending) onClose()
      }}
      title={
        <Plural value={orders.length} one="Add # order to an invoice" other="Add # orders to an invoice" />
      }
      foot={
        <AddFoot
          preview={isChoosing ? undefined : preview.data}
          isNew={target === 'new'}
          isBusy={add.isPending}
          isBlocked={preview.isFetching || preview.error !== null}
          onCancel={onClose}
          onSubmit={submit}
        />
      }
    >
      <Stack gap="lg">
        <SegmentedControl
          fullWidth
          aria-label={t`Where to`}
          value={target === 'new' ? 'new' : 'existing'}
          disabled={add.isPending}
          onChange={choose}
          data={[
            { value: 'new', label: t`New invoice` },
            { value: 'existing', label: t`Existing invoice` },
          ]}
        />
        {problem && (
          <Refusal
            problem={problem}
            orders={orders}
            onLeaveOut={(ids) => {
              add.reset()
              onLeaveOut(ids)
            }}
            onRetry={add.error ? undefined : () => void preview.refetch()}
            onClose={onClose}
          />
        )}
        {isChoosing && <InvoicePicker store={store} onChoose={choose} />}
        {!isChoosing && preview.isPending && <Waiting rows={6} />}
        {!isChoosing && preview.data && (
          <PreviewPart
            preview={preview.data}
            invoiceId={invoiceId}
            details={details}
            onDetails={setDetails}
            onOther={() => {
              choose('existing')
            }}
          />
        )}
        {!isChoosing && preview.data && (
          <span>
            <Trans>Nothing is written before you press the button below.</Trans>
          </span>
        )}
      </Stack>
    </SideDrawer>
  )
}

/** What the button means: what is left empty is as the settings say. */
function intentOf(orderIds: string[], invoiceId: string | undefined, { nickname, dueOn }: Details): Intent {
  if (invoiceId !== undefined) return { invoiceId, body: { order_ids: orderIds } }
  return {
    invoiceId,
    body: {
      order_ids: orderIds,
      ...(nickname.trim() && { nickname: nickname.trim() }),
      ...(dueOn && { customer_due_on: dueOn }),
    },
  }
}
