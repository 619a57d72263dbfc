import { Trans, useLingui } from '@lingui/react/macro'
import { NothingYet } from '@/ui/Empty'
import { StoreIcon } from '@/ui/icons'
import { PageHeader } from '@/ui/shell/PageHeader'

/** InkSoft's stores, and which of them share their orders. */
export function StoresPage() {
  const { t } = useLingui()
  return (
    <>
      <PageHeader title={t`Stores`} />
      <NothingYet
        icon={StoreIcon}
        title={<Trans>No stores yet</Trans>}
        words={
          <Trans>Once the accounts are linked, your InkSoft stores appear here with their orders.</Trans>
        }
      />
    </>
  )
}
