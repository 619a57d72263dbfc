import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { count } from '@/lib/numbers'
import { FailedQuery } from '@/parts/FailedQuery'
import { RefusedNotice } from '@/parts/RefusedNotice'
import { Confirm } from '@/ui/Confirm'
import { Notice } from '@/ui/Notice'
import { Facts } from '@/ui/Panel'
import { toastDone } from '@/ui/toast'
import { Waiting } from '@/ui/Waiting'
import { disconnectionOptions, useDisconnectLink } from './queries'

/** Unlinking in two steps: what it would mean, then the act. */
export function Disconnect({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLingui()
  const preview = useQuery({ ...disconnectionOptions, enabled: opened })
  const unlink = useDisconnectLink()
  const meaning = preview.data
  const confirm = () => {
    unlink.mutate(undefined, {
      onSuccess: () => {
        onClose()
        toastDone(t`Unlinked. Attached orders and invoices stay as records.`)
      },
    })
  }
  return (
    <Confirm
      title={t`Unlink the two accounts?`}
      opened={opened}
      onCancel={onClose}
      onConfirm={confirm}
      confirm={<Trans>Unlink</Trans>}
      destructive
      busy={unlink.isPending}
      blocked={!meaning?.can_disconnect}
    >
      {preview.isLoadingError && <FailedQuery query={preview} />}
      {preview.isPending && <Waiting rows={4} />}
      {meaning && (
        <>
          <Facts
            of={[
              [t`InkSoft`, meaning.inksoft_account_name],
              [t`Printavo`, meaning.printavo_account_name],
              [t`Stores no longer shared`, count(meaning.shared_stores)],
              [t`Orders that leave the feed`, count(meaning.unattached_orders)],
              [t`Orders that stay as records`, count(meaning.attached_orders)],
              [t`Writes to Printavo that wait`, count(meaning.operations_in_flight)],
            ]}
          />
          <div>
            <Trans>Linking the same two accounts again brings everything back.</Trans>
          </div>
          {!meaning.can_disconnect && (
            <Notice tone="need" title={<Trans>Something is being written to Printavo</Trans>}>
              <Trans>Try again in a minute.</Trans>
            </Notice>
          )}
        </>
      )}
      {unlink.error && <RefusedNotice problem={unlink.error} />}
    </Confirm>
  )
}
