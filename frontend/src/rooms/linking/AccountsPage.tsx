import { Trans, useLingui } from '@lingui/react/macro'
import { NothingYet } from '@/ui/Empty'
import { LinkIcon } from '@/ui/icons'
import { PageHeader } from '@/ui/shell/PageHeader'

/** The two accounts and their link. */
export function AccountsPage() {
  const { t } = useLingui()
  return (
    <>
      <PageHeader title={t`Accounts`} />
      <NothingYet
        icon={LinkIcon}
        title={<Trans>No accounts connected</Trans>}
        words={
          <Trans>
            Platen links one InkSoft account on the Unlimited plan with one Printavo account on the Premium
            plan.
          </Trans>
        }
      />
    </>
  )
}
