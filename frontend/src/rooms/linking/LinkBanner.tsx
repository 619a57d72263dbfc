import { Anchor } from '@mantine/core'
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { paths } from '@/paths'
import { Notice } from '@/ui/Notice'
import { linkOptions } from './queries'

/** The one banner of a link that does not work, on every screen but the one that mends it. */
export function LinkBanner() {
  const { data: link } = useQuery(linkOptions)
  const { pathname } = useLocation()
  if (!link || (link.state !== 'needs_reauth' && link.state !== 'suspended')) return null
  if (pathname.endsWith('/accounts')) return null
  return (
    <Notice
      tone="need"
      title={
        link.state === 'suspended' ? <Trans>The link is suspended</Trans> : <Trans>The link needs you</Trans>
      }
      action={
        <Anchor
          inherit
          renderRoot={(anchor) => <Link {...anchor} from={paths.workspace} to={paths.accounts} />}
        >
          <Trans>Go to Accounts</Trans>
        </Anchor>
      }
    >
      {link.health?.message}
    </Notice>
  )
}
