import { Menu } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import type { PersonRead } from '@/api/generated/types.gen'
import { UserIcon } from '@/ui/icons'
import { toastProblem } from '@/parts/toast'
import { RailMenu } from '@/ui/shell/RailMenu'
import { useSignOut } from './queries'

/** Who is signed in, and the way out. */
export function PersonMenu({ person, narrow }: { person: PersonRead; narrow: boolean }) {
  const { t } = useLingui()
  const signOut = useSignOut()
  const leave = () => {
    signOut.mutate(undefined, {
      onError: toastProblem,
    })
  }
  return (
    <RailMenu
      narrow={narrow}
      label={t`Signed in as`}
      sign={<UserIcon />}
      strong={person.name}
      weak={person.email}
    >
      <Menu.Item onClick={leave}>
        <Trans>Sign out</Trans>
      </Menu.Item>
    </RailMenu>
  )
}
