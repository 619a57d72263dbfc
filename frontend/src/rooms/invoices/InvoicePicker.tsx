import { Stack, Text, UnstyledButton } from '@mantine/core'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { InvoiceSummary } from '@/api/generated/types.gen'
import { FailedQuery } from '@/parts/FailedQuery'
import { ShowMore } from '@/parts/ShowMore'
import { NothingMatches, NothingYet } from '@/ui/Empty'
import { InvoiceIcon } from '@/ui/icons'
import { Moment } from '@/ui/Moment'
import { Money } from '@/ui/Money'
import { SearchField } from '@/ui/SearchField'
import { StateChip } from '@/ui/StateChip'
import { Waiting } from '@/ui/Waiting'
import classes from './AddToInvoice.module.css'
import { pickerOptions } from './queries'

interface InvoicePickerProps {
  store: { id: string; name: string }
  onChoose: (invoiceId: string) => void
}

/** Invoices that orders of this store can join, newest first; says which are not offered, and why. */
export function InvoicePicker({ store, onChoose }: InvoicePickerProps) {
  const { t } = useLingui()
  const [q, search] = useState('')
  const query = useInfiniteQuery(pickerOptions(store.id, q))
  const invoices = query.data?.pages.flatMap(({ data }) => data) ?? []
  const hidden = query.data?.pages[0]?.hidden_count ?? 0
  const isNone = query.isSuccess && invoices.length === 0
  return (
    <Stack gap="md">
      <SearchField label={t`Search number, nickname or customer`} value={q} onSearch={search} isHot={false} />
      {query.isPending && <Waiting rows={4} height={48} />}
      {!query.data && <FailedQuery query={query} />}
      {invoices.length > 0 && (
        <ul className={classes.choices} aria-label={t`Invoices of this store`} data-numeric>
          {invoices.map((invoice) => (
            <li key={invoice.id}>
              <Choice
                invoice={invoice}
                onChoose={() => {
                  onChoose(invoice.id)
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <ShowMore query={query} />
      {isNone && q !== '' && (
        <NothingMatches
          onClear={() => {
            search('')
          }}
        />
      )}
      {isNone && q === '' && (
        <NothingYet
          icon={InvoiceIcon}
          title={<Trans>No invoice to join</Trans>}
          words={
            <Trans>
              No open invoice holds orders of {store.name}. Choose New invoice to make the first one.
            </Trans>
          }
        />
      )}
      <Text size="sm" c="dimmed">
        <Trans>
          Only invoices that hold orders of {store.name} are offered: stores never mix on an invoice.
        </Trans>{' '}
        {hidden > 0 && (
          <Plural
            value={hidden}
            one="# more is not offered, because it is closed or in a final status."
            other="# more are not offered, because they are closed or in a final status."
          />
        )}
      </Text>
    </Stack>
  )
}

function Choice({ invoice, onChoose }: { invoice: InvoiceSummary; onChoose: () => void }) {
  return (
    <UnstyledButton className={classes.choice} onClick={onChoose}>
      <span className={classes.strong}>{[invoice.number, invoice.nickname].filter(Boolean).join(' · ')}</span>
      <span className={classes.end}>
        <Money amount={invoice.total_amount} currency={invoice.currency} />
      </span>
      <span className={classes.weak}>
        {invoice.contact_name} · <Plural value={invoice.order_count} one="# order" other="# orders" /> ·{' '}
        <Moment at={invoice.created_at} />
      </span>
      <span className={classes.end}>
        <StateChip state={invoice.push_state} />
      </span>
    </UnstyledButton>
  )
}
