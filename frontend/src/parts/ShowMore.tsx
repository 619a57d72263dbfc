import { Button } from '@mantine/core'
import { Trans } from '@lingui/react/macro'

interface ShowMoreProps {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
}

/** Asks for the next page of a short list; nothing once there is none. */
export function ShowMore({ query }: ShowMoreProps) {
  if (!query.hasNextPage) return null
  return (
    <Button
      variant="default"
      loading={query.isFetchingNextPage}
      onClick={() => {
        void query.fetchNextPage()
      }}
    >
      <Trans>Show more</Trans>
    </Button>
  )
}
