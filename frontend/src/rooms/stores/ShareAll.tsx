import { Switch } from '@mantine/core'
import { useLingui } from '@lingui/react/macro'
import type { Sharing } from './queries'
import { useMoveSharing } from './sharing'

/** Every store, also those of tomorrow. Switched off, the selection from before is back. */
export function ShareAll({ sharing }: { sharing: Sharing | undefined }) {
  const { t } = useLingui()
  const move = useMoveSharing()
  return (
    <Switch
      size="md"
      label={t`Share all orders with Printavo`}
      labelPosition="left"
      checked={sharing?.mode === 'all'}
      // Until it is known how orders are shared there is nothing to press: a press would be lost.
      disabled={!sharing}
      aria-busy={move.isPending}
      onChange={(event) => {
        // One change at a time: the mark of the next one comes with the answer to this one.
        if (!sharing || move.isPending) return
        const earlier = sharing.selected_store_ids.length > 0 ? 'selected' : 'none'
        move.mutate({ from: sharing, to: event.currentTarget.checked ? 'all' : earlier })
      }}
    />
  )
}
