import { Menu } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { explain } from '@/api/explain'
import type { PersonRead } from '@/api/generated/types.gen'
import { UserIcon } from '@/ui/icons'
import { RailMenu } from '@/ui/shell/RailMenu'
import { toastRefused } from '@/ui/toast'
import { useSignOut } from './queries'

/** Who is signed in, and the way out. */
export function PersonMenu({ person, narrow }: { person: PersonRead; narrow: boolean }) {
  const { t } = useLingui()
  const signOut = useSignOut()
  const leave = () => {
    signOut.mutate(undefined, {
      onError: (problem) => {
        const { title, words } = explain(problem)
        toastRefused(title, words, problem.requestId)
      },
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
