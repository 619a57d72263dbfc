import { CopyButton, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { CheckIcon, CopyIcon } from './icons'
import classes from './RequestId.module.css'

/** The id under which the service remembers a call; one press copies it, so that support can be told. */
export function RequestId({ id }: { id: string }) {
  const { t } = useLingui()
  return (
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <UnstyledButton className={classes.request} onClick={copy}>
          <Trans>Request</Trans> <code>{id}</code> {copied ? <CheckIcon /> : <CopyIcon />}
          <VisuallyHidden role="status">{copied ? t`Copied` : t`Copy`}</VisuallyHidden>
        </UnstyledButton>
      )}
    </CopyButton>
  )
}
