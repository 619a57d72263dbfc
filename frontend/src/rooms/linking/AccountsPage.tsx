import { Stack } from '@mantine/core'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { FailedQuery } from '@/parts/FailedQuery'
import { Waiting } from '@/ui/Waiting'
import { PageHeader } from '@/ui/shell/PageHeader'
import { StateChip } from '@/ui/StateChip'
import { ConnectAccounts } from './ConnectAccounts'
import { LinkedAccounts } from './LinkedAccounts'
import { connectionsOptions, linkOptions } from './queries'

/** The two accounts and their link: connect and confirm, or how the link is doing. */
export function AccountsPage() {
  const { t } = useLingui()
  const link = useQuery(linkOptions)
  const connections = useQuery(connectionsOptions)
  const failed = link.isLoadingError ? link : connections.isLoadingError ? connections : undefined
  const state = link.data?.state ?? 'unlinked'
  return (
    <>
      <PageHeader
        title={t`Accounts`}
        state={state !== 'unlinked' && <StateChip state={state === 'linked' ? 'connected' : state} />}
        figure={state === 'unlinked' && t`Link one InkSoft account with one Printavo account.`}
      />
      {failed ? (
        <FailedQuery query={failed} />
      ) : !link.data || !connections.data ? (
        <Waiting rows={4} />
      ) : (
        <Stack gap="lg" maw={960}>
          {state === 'unlinked' ? (
            <ConnectAccounts connections={connections.data} />
          ) : (
            <LinkedAccounts link={link.data} />
          )}
        </Stack>
      )}
    </>
  )
}
