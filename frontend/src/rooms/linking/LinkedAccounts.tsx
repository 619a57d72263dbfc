import { Button, Group, SimpleGrid } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Link } from '@/api/generated/types.gen'
import { day } from '@/lib/moments'
import { toastProblem } from '@/parts/toast'
import { Moment } from '@/ui/Moment'
import { Notice } from '@/ui/Notice'
import { Facts, Panel } from '@/ui/Panel'
import { StateChip } from '@/ui/StateChip'
import { Disconnect } from './Disconnect'
import { ImportProgress } from './ImportProgress'
import { NativeLink } from './NativeLink'
import { planName } from './plans'
import { useReadNow } from './queries'
import { Reconnect } from './Reconnect'

/** The connected screen: both accounts, since when, the last reading, and the one thing to do if it does not work. */
export function LinkedAccounts({ link }: { link: Link }) {
  const { t } = useLingui()
  const [leaving, leave] = useState(false)
  const read = useReadNow()
  const { inksoft, printavo, state } = link
  return (
    <>
      {state === 'needs_reauth' && link.health?.side && (
        <Reconnect key={link.health.side} side={link.health.side} words={link.health.message} />
      )}
      {state === 'suspended' && (
        <Notice tone="need" title={<Trans>The link is suspended</Trans>}>
          {link.health?.message}
        </Notice>
      )}
      {link.native_link && (
        <Notice tone="need" title={<Trans>The vendors’ own link is on</Trans>}>
          {link.native_link_warning}
        </Notice>
      )}
      <ImportProgress />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        {inksoft && (
          <Panel title="InkSoft" aside={<StateChip state={inksoft.state} />}>
            <Facts
              of={[
                [t`Account`, <strong key="name">{inksoft.account_name}</strong>],
                [t`Plan`, planName('inksoft', inksoft.plan)],
                [t`Store address`, inksoft.store_uri],
                [t`Checked`, <Moment key="at" at={inksoft.checked_at} />],
              ]}
            />
          </Panel>
        )}
        {printavo && (
          <Panel title="Printavo" aside={<StateChip state={printavo.state} />}>
            <Facts
              of={[
                [t`Account`, <strong key="name">{printavo.account_name}</strong>],
                [t`Plan`, planName('printavo', printavo.plan)],
                [t`User`, printavo.user_email],
                [t`Checked`, <Moment key="at" at={printavo.checked_at} />],
              ]}
            />
          </Panel>
        )}
      </SimpleGrid>
      <Panel
        title={<Trans>Link</Trans>}
        aside={
          <Button
            variant="default"
            loading={read.isPending}
            onClick={() => {
              read.mutate(undefined, { onError: toastProblem })
            }}
          >
            <Trans>Read orders now</Trans>
          </Button>
        }
      >
        <Facts
          of={[
            [t`Linked`, link.linked_at && <Linked at={link.linked_at} by={link.linked_by} />],
            [t`Last reading`, link.last_synced_at ? <Moment at={link.last_synced_at} /> : t`not yet`],
            [
              t`Orders shared from`,
              link.share_orders_from && day(new Date(link.share_orders_from), printavo?.time_zone),
            ],
            [t`Currency`, link.currency],
          ]}
        />
        <NativeLink isOn={link.native_link ?? false} />
        <Group justify="flex-end">
          <Button
            variant="subtle"
            color="red"
            onClick={() => {
              leave(true)
            }}
          >
            <Trans>Unlink …</Trans>
          </Button>
        </Group>
      </Panel>
      <Disconnect
        opened={leaving}
        onClose={() => {
          leave(false)
        }}
      />
    </>
  )
}

function Linked({ at, by }: { at: string; by: string | null | undefined }) {
  return (
    <>
      <Moment at={at} />
      {by && (
        <>
          {' '}
          <Trans>by {by}</Trans>
        </>
      )}
    </>
  )
}
