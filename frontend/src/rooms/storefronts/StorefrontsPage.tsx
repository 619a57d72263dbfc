import { Trans, useLingui } from '@lingui/react/macro'
import { NothingYet } from '@/ui/Empty'
import { WindowIcon } from '@/ui/icons'
import { PageHeader } from '@/ui/shell/PageHeader'

/** Shared stores as the shop sees them. */
export function StorefrontsPage() {
  const { t } = useLingui()
  return (
    <>
      <PageHeader title={t`Storefronts`} />
      <NothingYet
        icon={WindowIcon}
        title={<Trans>No shared stores</Trans>}
        words={<Trans>A store appears here as soon as it shares its orders with Printavo.</Trans>}
      />
    </>
  )
}
