import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { given } from '@/lib/url-state'
import { FailedQuery } from '@/parts/FailedQuery'
import { FirstImport } from '@/parts/FirstImport'
import { paths } from '@/paths'
import { PageHeader } from '@/ui/shell/PageHeader'
import { AddStore } from './AddStore'
import { sharingOptions, STORES } from './queries'
import { ShareAll } from './ShareAll'
import { StoreTable } from './StoreTable'
import { NotLinked } from './StoresEmpty'
import { sharingInWords } from './words'

/** InkSoft's stores, and which of them share their orders. */
export function StoresPage() {
  const { t } = useLingui()
  const sharing = useQuery(sharingOptions)
  const { q = '', show, add } = useSearch({ from: paths.stores })
  const navigate = useNavigate({ from: paths.stores })
  const adding = (opened: boolean) => {
    void navigate({ search: (before) => given({ ...before, add: opened ? ('store' as const) : undefined }) })
  }

  if (sharing.isLoadingError) {
    return (
      <>
        <PageHeader title={t`Stores`} />
        {sharing.error.code === 'not_linked' ? <NotLinked /> : <FailedQuery query={sharing} />}
      </>
    )
  }
  return (
    <>
      <PageHeader
        title={t`Stores`}
        figure={sharing.data && sharingInWords(sharing.data)}
        action={<ShareAll sharing={sharing.data} />}
      />
      <FirstImport brings={STORES} />
      <StoreTable
        filter={{ q, show }}
        onFilter={(change) => {
          void navigate({ search: (before) => given({ ...before, ...change }), replace: true })
        }}
        onAdd={() => {
          adding(true)
        }}
      />
      <AddStore
        opened={add === 'store'}
        onClose={() => {
          adding(false)
        }}
        onAdded={({ name }) => {
          void navigate({ search: { q: name } })
        }}
      />
    </>
  )
}
