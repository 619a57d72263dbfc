import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, type SyntheticEvent, useRef, useState } from 'react'
import { sideOf } from '@/api/explain'
import type { Connection } from '@/api/generated/types.gen'
import { RefusedNotice } from '@/parts/RefusedNotice'
import { toastProblem } from '@/parts/toast'
import { Panel } from '@/ui/Panel'
import { StateChip } from '@/ui/StateChip'
import { ConfirmLink } from './ConfirmLink'
import { inksoftSignIn, NO_INKSOFT, NO_PRINTAVO, printavoSignIn } from './credentials'
import { InkSoftFields } from './InkSoftFields'
import { planName } from './plans'
import { PrintavoFields } from './PrintavoFields'
import { type Side, useCheckAccounts, useDisconnectSide } from './queries'

/** Two cards, one form: both accounts are verified together, then asked about by name. Nothing is linked before. */
export function ConnectAccounts({ connections }: { connections: readonly Connection[] }) {
  const { t } = useLingui()
  const [inksoft, typeInkSoft] = useState(NO_INKSOFT)
  const [printavo, typePrintavo] = useState(NO_PRINTAVO)
  const [asking, ask] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const check = useCheckAccounts()
  const problem = check.error
  const side = problem ? sideOf(problem) : undefined
  const connected = (one: Side) => connections.find((connection) => connection.side === one)

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    check.mutate(
      {
        inksoft: connected('inksoft') ? null : inksoftSignIn(inksoft),
        printavo: connected('printavo') ? null : printavoSignIn(printavo),
      },
      {
        onSuccess: () => {
          ask(true)
        },
      },
    )
  }
  const card = (one: Side, name: string, needs: string, fields: ReactNode) => {
    const connection = connected(one)
    return (
      <Panel title={name} aside={connection && <StateChip state={connection.state} />}>
        {side === one && problem && <RefusedNotice problem={problem} />}
        {connection ? <ConnectedAlone connection={connection} /> : fields}
        <Text size="xs" c="dimmed" mt="auto">
          {needs}
        </Text>
      </Panel>
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        {problem && side === undefined && <RefusedNotice problem={problem} />}
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
          {card(
            'inksoft',
            'InkSoft',
            t`Linking needs the plan Unlimited.`,
            <InkSoftFields typed={inksoft} onType={typeInkSoft} problem={problem} />,
          )}
          {card(
            'printavo',
            'Printavo',
            t`Linking needs the plan Premium.`,
            <PrintavoFields typed={printavo} onType={typePrintavo} problem={problem} />,
          )}
        </SimpleGrid>
        <Group justify="flex-end">
          <Button ref={button} type="submit" loading={check.isPending}>
            <Trans>Check both accounts</Trans>
          </Button>
        </Group>
      </Stack>
      {check.data && (
        <ConfirmLink
          key={check.data.id}
          attempt={check.data}
          opened={asking}
          returnTo={button}
          onCancel={() => {
            ask(false)
          }}
        />
      )}
    </form>
  )
}

/** An account that is connected without a link: named, and it can be let go. */
function ConnectedAlone({ connection }: { connection: Connection }) {
  const disconnect = useDisconnectSide()
  const { account_name: name, plan, side } = connection
  return (
    <Group justify="space-between">
      <div>
        <Text fw={600}>{name}</Text>
        <Text c="dimmed">{planName(side, plan)}</Text>
      </div>
      <Button
        variant="default"
        loading={disconnect.isPending}
        onClick={() => {
          disconnect.mutate(side, { onError: toastProblem })
        }}
      >
        <Trans>Use another account</Trans>
      </Button>
    </Group>
  )
}
