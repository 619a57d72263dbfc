import { Button } from '@mantine/core'
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { firstImportOptions } from '@/parts/FirstImport'
import { paths } from '@/paths'
import { NothingYet } from '@/ui/Empty'
import { LinkIcon, RefreshIcon, StoreIcon } from '@/ui/icons'

export function NotLinked() {
  return (
    <NothingYet
      icon={LinkIcon}
      title={<Trans>No accounts are linked</Trans>}
      words={<Trans>Once the accounts are linked, your InkSoft stores appear here with their orders.</Trans>}
      action={
        <Button mt="sm" renderRoot={(root) => <Link {...root} from={paths.workspace} to={paths.accounts} />}>
          <Trans>Go to Accounts</Trans>
        </Button>
      }
    />
  )
}

/** No store was seen so far: the import brings them, or somebody names one. */
export function NoStores({ onAdd }: { onAdd: () => void }) {
  const { data: run } = useQuery(firstImportOptions)
  if (run) {
    return (
      <NothingYet
        icon={RefreshIcon}
        title={<Trans>Stores are on their way</Trans>}
        words={<Trans>Orders are being imported for the first time; each brings its store along.</Trans>}
      />
    )
  }
  return (
    <NothingYet
      icon={StoreIcon}
      title={<Trans>No stores yet</Trans>}
      words={
        <Trans>A store appears with its first order. One without orders can be added by its address.</Trans>
      }
      action={
        <Button mt="sm" onClick={onAdd}>
          <Trans>Add a store</Trans>
        </Button>
      }
    />
  )
}
