import { Menu } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { WorkspaceEntry } from '@/api/generated/types.gen'
import { paths } from '@/paths'
import { Mark } from '@/ui/brand/Mark'
import { CheckIcon } from '@/ui/icons'
import { RailMenu } from '@/ui/shell/RailMenu'

interface WorkspaceSwitchProps {
  workspaces: readonly WorkspaceEntry[]
  current: string
  narrow: boolean
}

/** The workspace we are in; the menu leads to the others, each with an address of its own. */
export function WorkspaceSwitch({ workspaces, current, narrow }: WorkspaceSwitchProps) {
  const { t } = useLingui()
  const name = workspaces.find(({ id }) => id === current)?.name ?? ''
  return (
    <RailMenu
      framed
      narrow={narrow}
      label={t`Workspace`}
      sign={<Mark size={26} board="var(--p-rail-accent)" drop="var(--p-rail)" />}
      strong={name}
      weak="Platen"
    >
      <Menu.Label>
        <Trans>Workspaces</Trans>
      </Menu.Label>
      {workspaces.map(({ id, name }) => (
        <Menu.Item
          key={id}
          rightSection={id === current && <CheckIcon />}
          renderRoot={(item) => (
            <Link
              {...item}
              to={paths.workspace}
              params={{ workspaceId: id }}
              aria-current={id === current ? 'true' : undefined}
            />
          )}
        >
          {name}
        </Menu.Item>
      ))}
    </RailMenu>
  )
}
