import { Checkbox, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { type RefObject, useState } from 'react'
import type { LinkAttempt } from '@/api/generated/types.gen'
import { isoDay } from '@/lib/moments'
import { RefusedNotice } from '@/parts/RefusedNotice'
import { Confirm } from '@/ui/Confirm'
import { Notice } from '@/ui/Notice'
import { toastDone } from '@/ui/toast'
import { planName } from './plans'
import { type Side, useConfirmLink } from './queries'

interface ConfirmLinkProps {
  attempt: LinkAttempt
  opened: boolean
  onCancel: () => void
  returnTo: RefObject<HTMLElement | null>
}

/** The popup that names both accounts and their plans, asks what is asked once, and links only when confirmed. */
export function ConfirmLink({ attempt, opened, onCancel, returnTo }: ConfirmLinkProps) {
  const { t } = useLingui()
  const { inksoft, printavo } = attempt
  const [from, setFrom] = useState(() => isoDay(new Date(attempt.share_orders_from), printavo.time_zone))
  const [native, setNative] = useState(false)
  const link = useConfirmLink()

  const confirm = () => {
    link.mutate(
      { id: attempt.id, share_orders_from: from || null, native_link: native },
      {
        onSuccess: () => {
          toastDone(t`The accounts are linked. Reading the stores has begun.`)
        },
      },
    )
  }
  return (
    <Confirm
      title={t`Link these two accounts?`}
      opened={opened}
      onCancel={onCancel}
      onConfirm={confirm}
      confirm={<Trans>Link accounts</Trans>}
      busy={link.isPending}
      returnTo={returnTo}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Account side="inksoft" name={inksoft.account_name} plan={inksoft.plan} at={inksoft.store_uri} />
        <Account side="printavo" name={printavo.account_name} plan={printavo.plan} at={printavo.user_email} />
      </SimpleGrid>
      {!inksoft.is_main_store && (
        <Notice tone="need" title={<Trans>This is not the main store</Trans>}>
          <Trans>From this address, orders of your other stores may not be visible.</Trans>
        </Notice>
      )}
      {attempt.linked_before && (
        <Notice tone="done" title={<Trans>These two were linked here before</Trans>}>
          <Trans>Everything they had comes back.</Trans>
        </Notice>
      )}
      <TextInput
        type="date"
        label={t`Share orders placed from`}
        description={t`A day in the shop’s time zone, ${printavo.time_zone}.`}
        value={from}
        maw={240}
        onChange={(event) => {
          setFrom(event.currentTarget.value)
        }}
        error={link.error?.messageAt('/share_orders_from')}
      />
      <Checkbox
        label={t`The vendors’ own InkSoft–Printavo link is on for these accounts`}
        checked={native}
        onChange={(event) => {
          setNative(event.currentTarget.checked)
        }}
      />
      {native && (
        <Notice tone="need" title={<Trans>Every order would arrive twice</Trans>}>
          <Trans>Switch the other link off in Printavo before you attach orders here.</Trans>
        </Notice>
      )}
      {link.error && <RefusedNotice problem={link.error} />}
    </Confirm>
  )
}

function Account({ side, name, plan, at }: { side: Side; name: string; plan: string; at: string }) {
  return (
    <Stack gap={0}>
      <Text c="dimmed" size="sm">
        {planName(side, plan)}
      </Text>
      <Text fw={650} size="lg">
        {name}
      </Text>
      <Text size="sm">{at}</Text>
    </Stack>
  )
}
