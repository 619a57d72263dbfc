import { useLocalStorage } from '@mantine/hooks'
import { useLingui } from '@lingui/react/macro'
import { QueryClientProvider, useSuspenseQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation, useParams } from '@tanstack/react-router'
import { Fragment, type ReactNode, useMemo } from 'react'
import { newQueryClient } from '@/api/query-client'
import { paths } from '@/paths'
import { LinkIcon, StoreIcon, WindowIcon } from '@/ui/icons'
import { Rail, type RailGroup, type RailLink } from '@/ui/shell/Rail'
import { Shell } from '@/ui/shell/Shell'
import { PersonMenu } from './PersonMenu'
import { meOptions } from './queries'
import { WorkspaceSwitch } from './WorkspaceSwitch'

/** Everything behind the door: the rail with its groups, and the screen of the workspace in the address. */
export function Frame({ banner }: { banner?: ReactNode }) {
  const { workspaceId } = useParams({ from: paths.workspace })
  const { data: me } = useSuspenseQuery(meOptions)
  const { pathname } = useLocation()
  const [collapsed, collapse] = useLocalStorage({ key: 'platen-rail-collapsed', defaultValue: false })
  const groups = useGroups()
  // Each workspace has a memory of its own: what was read in one is never shown in another.
  const memory = useMemo(() => ({ of: workspaceId, client: newQueryClient() }), [workspaceId])

  return (
    <Shell
      collapsed={collapsed}
      place={pathname}
      title={me.workspaces.find(({ id }) => id === workspaceId)?.name}
      rail={(narrow) => (
        <Rail
          narrow={narrow}
          groups={groups}
          onCollapse={collapse}
          top={<WorkspaceSwitch workspaces={me.workspaces} current={workspaceId} narrow={narrow} />}
          foot={<PersonMenu person={me.person} narrow={narrow} />}
        />
      )}
    >
      <QueryClientProvider client={memory.client}>
        <Fragment key={memory.of}>
          {banner}
          <Outlet />
        </Fragment>
      </QueryClientProvider>
    </Shell>
  )
}

/** The floor plan of the product, as far as its screens are built. */
function useGroups(): RailGroup[] {
  const { t } = useLingui()
  return [
    {
      name: t`Store side`,
      entries: [
        {
          id: 'accounts',
          icon: LinkIcon,
          name: t`Accounts`,
          link: (link: RailLink) => <Link {...link} from={paths.workspace} to={paths.accounts} />,
        },
        {
          id: 'stores',
          icon: StoreIcon,
          name: t`Stores`,
          link: (link: RailLink) => <Link {...link} from={paths.workspace} to={paths.stores} />,
        },
      ],
    },
    {
      name: t`Shop side`,
      entries: [
        {
          id: 'storefronts',
          icon: WindowIcon,
          name: t`Storefronts`,
          link: (link: RailLink) => <Link {...link} from={paths.workspace} to={paths.storefronts} />,
        },
      ],
    },
    { name: t`Operations`, entries: [] },
  ]
}
