import { Trans, useLingui } from '@lingui/react/macro'
import { NothingYet } from '@/ui/Empty'
import { BoxIcon } from '@/ui/icons'
import { PageHeader } from '@/ui/shell/PageHeader'

/** The orders of one shared store. */
export function StoreFeedPage() {
  const { t } = useLingui()
  return (
    <>
      <PageHeader title={t`Orders`} />
      <NothingYet
        icon={BoxIcon}
        title={<Trans>No new orders</Trans>}
        words={<Trans>Orders appear here once they are approved in InkSoft.</Trans>}
      />
    </>
  )
}
