import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { RequestId } from './RequestId'

/** It worked; for some seconds it can be taken back. */
export function toastDone(message: ReactNode, onUndo?: () => void): void {
  const id = crypto.randomUUID()
  const undo = () => {
    notifications.hide(id)
    onUndo?.()
  }
  notifications.show({
    id,
    autoClose: onUndo ? 10_000 : 5_000,
    closeButtonProps: { 'aria-label': t`Close` },
    color: 'teal',
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>{message}</span>
        {onUndo && (
          <Button variant="subtle" size="compact-sm" flex="none" onClick={undo}>
            <Trans>Undo</Trans>
          </Button>
        )}
      </Group>
    ),
  })
}

/** It was refused; stays until it is read, with the id to quote. */
export function toastRefused(title: ReactNode, words: ReactNode, requestId?: string): void {
  notifications.show({
    autoClose: false,
    closeButtonProps: { 'aria-label': t`Close` },
    color: 'red',
    role: 'alert',
    title,
    message: (
      <>
        <div>{words}</div>
        {requestId !== undefined && <RequestId id={requestId} />}
      </>
    ),
  })
}
