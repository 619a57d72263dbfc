import { Trans, useLingui } from '@lingui/react/macro'
import { NothingYet } from '@/ui/Empty'
import { InvoiceIcon } from '@/ui/icons'
import { PageHeader } from '@/ui/shell/PageHeader'

/** One invoice: what it holds and how far it is in Printavo. */
export function InvoicePage() {
  const { t } = useLingui()
  return (
    <>
      <PageHeader title={t`Invoice`} />
      <NothingYet
        icon={InvoiceIcon}
        title={<Trans>No such invoice</Trans>}
        words={<Trans>Select orders in a store’s feed to put them on an invoice.</Trans>}
      />
    </>
  )
}
