import { ActionIcon, Menu } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { StoreRead } from '@/api/generated/types.gen'
import { paths } from '@/paths'
import { DotsIcon } from '@/ui/icons'
import { useRowTabIndex } from '@/ui/table/active'
import { useShareStores } from './sharing'

/** What can be done with one store. */
export function RowMenu({ store }: { store: StoreRead }) {
  const { t } = useLingui()
  const tabIndex = useRowTabIndex()
  const share = useShareStores()
  const { id, name, shared } = store
  return (
    // In `main`, so that it lies inside a landmark; in the cell it would be cut off.
    <Menu position="bottom-end" returnFocus portalProps={{ target: 'main' }}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" tabIndex={tabIndex} aria-label={t`Actions for ${name}`}>
          <DotsIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() => {
            share.mutate({ stores: [store], shared: !shared })
          }}
        >
          {shared ? (
            <Trans>Stop sharing orders with Printavo</Trans>
          ) : (
            <Trans>Share orders with Printavo</Trans>
          )}
        </Menu.Item>
        <Menu.Item
          c="var(--p-text)"
          renderRoot={(root) => (
            <Link {...root} from={paths.workspace} to={paths.storeFeed} params={{ storeId: id }} />
          )}
        >
          <Trans>Open its orders</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
