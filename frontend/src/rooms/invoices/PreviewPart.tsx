import { Button, Group, Stack, TextInput, Title } from '@mantine/core'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { InvoicePreview } from '@/api/generated/types.gen'
import classes from './AddToInvoice.module.css'
import { ContactChoice } from './ContactChoice'
import { Findings } from './Findings'
import { Groups } from './Groups'
import { Proof } from './Proof'
import { invoiceOptions } from './queries'

/** What a person may say of a new invoice; empty is as the settings say. */
export interface Details {
  nickname: string
  dueOn: string
}

interface PreviewPartProps {
  preview: InvoicePreview
  /** The invoice that the orders join; none for a new one. */
  invoiceId: string | undefined
  details: Details
  onDetails: (details: Details) => void
  onOther: () => void
}

/** What will stand on the invoice: who it is for, its groups, lines and sizes, and the proof. */
export function PreviewPart({ preview, invoiceId, details, onDetails, onOther }: PreviewPartProps) {
  const { content } = preview
  return (
    <Stack gap="lg">
      {invoiceId === undefined ? (
        <NewInvoice preview={preview} details={details} onDetails={onDetails} />
      ) : (
        <ChosenInvoice invoiceId={invoiceId} onOther={onOther} />
      )}
      <div className={classes.row}>
        <Title order={2}>
          {invoiceId === undefined ? <Trans>Preview</Trans> : <Trans>The invoice afterwards</Trans>}
        </Title>
        <span className={classes.weak} data-numeric>
          <Plural value={content.order_count} one="# order" other="# orders" /> ·{' '}
          <Plural value={content.piece_count} one="# piece" other="# pieces" />
        </span>
      </div>
      <Proof content={content} />
      <Findings of={content.findings} currency={content.currency} />
      <Groups content={content} isNarrow />
    </Stack>
  )
}

function NewInvoice({ preview, details, onDetails }: Omit<PreviewPartProps, 'invoiceId' | 'onOther'>) {
  const { t } = useLingui()
  const [isChanging, change] = useState(false)
  const { contact_name: contact, store } = preview
  return (
    <>
      {contact === null || isChanging ? (
        <ContactChoice
          store={store}
          onChosen={() => {
            change(false)
          }}
          onKeep={
            contact === null
              ? undefined
              : () => {
                  change(false)
                }
          }
        />
      ) : (
        <div className={classes.row}>
          <span>
            <Trans>
              Made out to <strong>{contact}</strong>
            </Trans>
          </span>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => {
              change(true)
            }}
          >
            <Trans>Change</Trans>
          </Button>
        </div>
      )}
      <Group grow preventGrowOverflow={false} align="flex-start">
        <TextInput
          label={t`Nickname`}
          placeholder={preview.content.nickname}
          maxLength={200}
          miw={200}
          value={details.nickname}
          onChange={(event) => {
            onDetails({ ...details, nickname: event.currentTarget.value })
          }}
        />
        <TextInput
          type="date"
          label={t`Customer due date`}
          description={t`Empty: as your settings say`}
          inputWrapperOrder={['label', 'input', 'description']}
          value={details.dueOn}
          onChange={(event) => {
            onDetails({ ...details, dueOn: event.currentTarget.value })
          }}
        />
      </Group>
    </>
  )
}

function ChosenInvoice({ invoiceId, onOther }: { invoiceId: string; onOther: () => void }) {
  const { data: invoice } = useQuery(invoiceOptions(invoiceId))
  return (
    <div className={classes.row}>
      <span>
        {invoice && (
          <>
            <strong>{[invoice.number, invoice.nickname].filter(Boolean).join(' · ')}</strong>{' '}
            <span className={classes.weak}>
              <Trans>made out to {invoice.contact_name}</Trans>
            </span>
          </>
        )}
      </span>
      <Button variant="subtle" size="compact-sm" onClick={onOther}>
        <Trans>Choose another</Trans>
      </Button>
    </div>
  )
}
