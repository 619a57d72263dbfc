import { Button } from '@mantine/core'
import { Trans } from '@lingui/react/macro'
import { Failed, NothingYet } from './Empty'
import { SearchIcon } from './icons'

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <main>
      <NothingYet
        icon={SearchIcon}
        title={<Trans>There is nothing at this address</Trans>}
        words={<Trans>It may have moved, or belong to a workspace that you are not in.</Trans>}
        action={
          <Button component="a" href="/" variant="default" mt="sm">
            <Trans>Go to Platen</Trans>
          </Button>
        }
      />
    </main>
  )
}

interface BrokenPageProps {
  title: string
  words: string
  requestId: string | undefined
  onRetry: () => void
}

/** A screen that could not be shown. */
export function BrokenPage(props: BrokenPageProps) {
  return (
    <main>
      <Failed {...props} />
    </main>
  )
}
