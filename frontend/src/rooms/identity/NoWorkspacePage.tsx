import { Button } from '@mantine/core'
import { Trans } from '@lingui/react/macro'
import { NothingYet } from '@/ui/Empty'
import { StoreIcon } from '@/ui/icons'
import { useSignOut } from './queries'

/** For a person whom the last workspace let go. */
export function NoWorkspacePage() {
  const signOut = useSignOut()
  return (
    <main>
      <NothingYet
        icon={StoreIcon}
        title={<Trans>You are in no workspace</Trans>}
        words={
          <Trans>
            Ask an owner to invite you, or sign up with another e-mail address for a workspace of your own.
          </Trans>
        }
        action={
          <Button
            variant="default"
            mt="sm"
            onClick={() => {
              signOut.mutate()
            }}
            loading={signOut.isPending}
          >
            <Trans>Sign out</Trans>
          </Button>
        }
      />
    </main>
  )
}
