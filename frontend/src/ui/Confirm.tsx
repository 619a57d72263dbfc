import { Button, Group, Modal, Stack } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode, RefObject } from 'react'

interface ConfirmProps {
  title: ReactNode
  opened: boolean
  onCancel: () => void
  onConfirm: () => void
  /** What happens, in a verb: "Link accounts". */
  confirm: ReactNode
  /** It takes something away. */
  destructive?: boolean
  busy?: boolean
  /** It cannot be done now; the children say why. */
  blocked?: boolean
  /** Gets the focus afterwards, where the button that led here was disabled for a while and so lost it. */
  returnTo?: RefObject<HTMLElement | null>
  children: ReactNode
}

/** The one question before something that matters; while it is being done, it stays and cannot be pressed twice. */
export function Confirm({
  title,
  opened,
  onCancel,
  onConfirm,
  confirm,
  destructive,
  busy,
  blocked,
  returnTo,
  children,
}: ConfirmProps) {
  const { t } = useLingui()
  const close = () => {
    if (!busy) onCancel()
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      size="lg"
      onExitTransitionEnd={() => returnTo?.current?.focus()}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack gap="lg">
        {children}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={close} disabled={busy ?? false}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            onClick={onConfirm}
            loading={busy ?? false}
            disabled={blocked ?? false}
            {...(destructive && { color: 'red' })}
            data-autofocus
          >
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
