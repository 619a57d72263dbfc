import { Button, Stack, Title } from '@mantine/core'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { InvoiceRead } from '@/api/generated/types.gen'
import { FailedQuery } from '@/parts/FailedQuery'
import { paths } from '@/paths'
import { NothingYet } from '@/ui/Empty'
import { BackIcon, ExternalIcon, InvoiceIcon } from '@/ui/icons'
import { Money } from '@/ui/Money'
import { PageHeader } from '@/ui/shell/PageHeader'
import { StateChip } from '@/ui/StateChip'
import { Waiting } from '@/ui/Waiting'
import { AttachedOrders } from './AttachedOrders'
import { Differences } from './Differences'
import { Findings } from './Findings'
import { Groups } from './Groups'
import { InvoiceFacts } from './InvoiceFacts'
import { PushProgress } from './PushProgress'
import { invoiceOptions } from './queries'

/** One invoice: how far it is in Printavo, what it holds, and the orders that it came from. */
export function InvoicePage() {
  const { t } = useLingui()
  const { invoiceId } = useParams({ from: paths.invoice })
  const query = useQuery(invoiceOptions(invoiceId))
  if (query.data) return <Invoice invoice={query.data} />
  return (
    <>
      <PageHeader title={t`Invoice`} />
      {query.isPending && <Waiting rows={8} />}
      {query.error?.code === 'not_found' ? <NoSuchInvoice /> : <FailedQuery query={query} />}
    </>
  )
}

function Invoice({ invoice }: { invoice: InvoiceRead }) {
  const { t } = useLingui()
  const { number, nickname, store, content, currency } = invoice
  return (
    <>
      <PageHeader
        title={number === null ? nickname : t`Invoice ${number}`}
        state={<StateChip state={invoice.push_state} />}
        figure={
          <>
            <Plural value={invoice.order_count} one="# order" other="# orders" />
            {' · '}
            <Plural value={invoice.piece_count} one="# piece" other="# pieces" />
            {' · '}
            <Money amount={invoice.total_amount} currency={currency} />
          </>
        }
        back={
          <Link from={paths.workspace} to={paths.storeFeed} params={{ storeId: store.id }}>
            <BackIcon /> {store.name}
          </Link>
        }
        action={invoice.public_url !== null && <InPrintavo url={invoice.public_url} />}
      />
      <PushProgress invoice={invoice} />
      <Differences invoice={invoice} />
      <InvoiceFacts invoice={invoice} />
      <Findings of={content.findings} currency={currency} />
      <Stack gap="md" component="section">
        <Title order={2}>
          <Trans>Items</Trans>
        </Title>
        <Groups content={content} />
      </Stack>
      <AttachedOrders orders={invoice.orders} currency={currency} />
    </>
  )
}

function InPrintavo({ url }: { url: string }) {
  return (
    <Button
      component="a"
      variant="default"
      href={url}
      target="_blank"
      rel="noreferrer"
      rightSection={<ExternalIcon />}
    >
      <Trans>Open in Printavo</Trans>
    </Button>
  )
}

function NoSuchInvoice() {
  return (
    <NothingYet
      icon={InvoiceIcon}
      title={<Trans>No such invoice</Trans>}
      words={<Trans>Select orders in a store’s feed to put them on an invoice.</Trans>}
      action={
        <Button
          mt="sm"
          variant="default"
          renderRoot={(root) => <Link {...root} from={paths.workspace} to={paths.storefronts} />}
        >
          <Trans>Go to Storefronts</Trans>
        </Button>
      }
    />
  )
}
