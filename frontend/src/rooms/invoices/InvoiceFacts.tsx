import { SimpleGrid } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import type { InvoiceRead } from '@/api/generated/types.gen'
import { day } from '@/lib/moments'
import { Moment } from '@/ui/Moment'
import { Facts, Panel } from '@/ui/Panel'
import { Proof } from './Proof'

/** What the invoice is called, whom it is for and when it is due; and beside it the proof. */
export function InvoiceFacts({ invoice }: { invoice: InvoiceRead }) {
  const { t } = useLingui()
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Panel title={<Trans>Invoice</Trans>}>
        <Facts
          of={[
            [t`Nickname`, invoice.nickname],
            [t`Made out to`, invoice.contact_name],
            [t`Store`, invoice.store.name],
            [t`Customer due date`, day(new Date(`${invoice.customer_due_on}T12:00:00`))],
            [t`Status in Printavo`, invoice.status_name],
            [t`Made`, <Made key="made" at={invoice.created_at} by={invoice.created_by} />],
            [
              t`Compared with Printavo`,
              invoice.read_back_at === null ? null : <Moment key="read" at={invoice.read_back_at} />,
            ],
          ]}
        />
      </Panel>
      <Panel title={<Trans>Sums</Trans>}>
        <Proof content={invoice.content} />
      </Panel>
    </SimpleGrid>
  )
}

function Made({ at, by }: { at: string; by: string }) {
  return (
    <>
      <Moment at={at} /> <Trans>by {by}</Trans>
    </>
  )
}
