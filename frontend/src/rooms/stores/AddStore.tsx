import { Button, Group, Stack, TextInput } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { type SyntheticEvent, useState } from 'react'
import type { StoreRead } from '@/api/generated/types.gen'
import { RefusedNotice } from '@/parts/RefusedNotice'
import { SideDrawer } from '@/ui/SideDrawer'
import { toastDone } from '@/ui/toast'
import { useAddStore } from './queries'

interface AddStoreProps {
  opened: boolean
  onClose: () => void
  onAdded: (store: StoreRead) => void
}

/** A store without orders is not found by itself: its address brings it. */
export function AddStore({ opened, onClose, onAdded }: AddStoreProps) {
  return (
    <SideDrawer title={<Trans>Add a store</Trans>} opened={opened} onClose={onClose}>
      <AddressForm onAdded={onAdded} />
    </SideDrawer>
  )
}

function AddressForm({ onAdded }: Pick<AddStoreProps, 'onAdded'>) {
  const { t } = useLingui()
  const [address, type] = useState('')
  const add = useAddStore()
  const { error: problem } = add
  const wrong =
    problem?.messageAt('/store_uri') ?? (problem?.code === 'store_not_found' ? problem.detail : undefined)

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    add.mutate(address.trim(), {
      onSuccess: (store) => {
        toastDone(t`${store.name} is in the list.`)
        onAdded(store)
      },
    })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {problem && wrong === undefined && <RefusedNotice problem={problem} />}
        <TextInput
          label={t`Store address`}
          description={t`The address of the store’s page in InkSoft, or its last part.`}
          placeholder="https://stores.inksoft.com/lincoln_high"
          required
          withAsterisk={false}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          value={address}
          error={wrong}
          onChange={(event) => {
            type(event.currentTarget.value)
          }}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={add.isPending}>
            <Trans>Add store</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
