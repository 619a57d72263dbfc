import { Button, Group, Stack } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { type SyntheticEvent, useState } from 'react'
import { RefusedNotice } from '@/parts/RefusedNotice'
import { Notice } from '@/ui/Notice'
import { Panel } from '@/ui/Panel'
import { toastDone } from '@/ui/toast'
import { inksoftSignIn, NO_INKSOFT, NO_PRINTAVO, printavoSignIn } from './credentials'
import { InkSoftFields } from './InkSoftFields'
import { PrintavoFields } from './PrintavoFields'
import { type Side, useReauthenticate } from './queries'

/** One side no longer accepts its credentials: new ones for the same account. The link keeps its id and history. */
export function Reconnect({ side, words }: { side: Side; words: string | null | undefined }) {
  const { t } = useLingui()
  const [inksoft, typeInkSoft] = useState(NO_INKSOFT)
  const [printavo, typePrintavo] = useState(NO_PRINTAVO)
  const reconnect = useReauthenticate()
  const name = side === 'inksoft' ? 'InkSoft' : 'Printavo'

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const body =
      side === 'inksoft' ? { inksoft: inksoftSignIn(inksoft) } : { printavo: printavoSignIn(printavo) }
    reconnect.mutate(body, {
      onSuccess: () => {
        toastDone(t`${name} is connected again.`)
      },
    })
  }
  return (
    <Panel title={<Trans>Reconnect {name}</Trans>}>
      <Notice tone="need" title={<Trans>{name} no longer accepts our credentials</Trans>}>
        {words}
      </Notice>
      <form onSubmit={submit}>
        <Stack gap="md" maw={420}>
          {reconnect.error && <RefusedNotice problem={reconnect.error} />}
          {side === 'inksoft' ? (
            <InkSoftFields typed={inksoft} onType={typeInkSoft} problem={reconnect.error} />
          ) : (
            <PrintavoFields typed={printavo} onType={typePrintavo} problem={reconnect.error} />
          )}
          <Group>
            <Button type="submit" loading={reconnect.isPending}>
              <Trans>Reconnect</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}
