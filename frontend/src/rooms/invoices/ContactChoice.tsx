import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PrintavoContact } from '@/api/generated/types.gen'
import { FailedQuery } from '@/parts/FailedQuery'
import { RefusedNotice } from '@/parts/RefusedNotice'
import { ShowMore } from '@/parts/ShowMore'
import { Notice } from '@/ui/Notice'
import { SearchField } from '@/ui/SearchField'
import { Waiting } from '@/ui/Waiting'
import classes from './AddToInvoice.module.css'
import { useChooseContact } from './effects'
import { contactMarkOptions, contactsOptions } from './queries'

interface ContactChoiceProps {
  store: { id: string; name: string }
  onChosen: () => void
  /** Leaves the contact as it is; not there while there is none. */
  onKeep: (() => void) | undefined
}

/** Who the store's invoices are made out to: chosen once from the shop's contacts in Printavo, in place. */
export function ContactChoice({ store, onChosen, onKeep }: ContactChoiceProps) {
  const { t } = useLingui()
  const [q, search] = useState('')
  const query = useInfiniteQuery(contactsOptions(q))
  const contacts = query.data?.pages.flatMap(({ data }) => data) ?? []
  const seen = useQuery(contactMarkOptions(store.id))
  const mark = seen.data
  const choose = useChooseContact(store.id)
  return (
    <Stack gap="sm">
      <Notice tone="need" title={<Trans>Who are invoices of {store.name} made out to?</Trans>}>
        <Trans>
          Choose the organisation behind the store from your contacts in Printavo, never a shopper. It is kept
          for the next invoices.
        </Trans>
      </Notice>
      {choose.error && <RefusedNotice problem={choose.error} />}
      <Group justify="space-between">
        <SearchField label={t`Search contacts in Printavo`} value={q} onSearch={search} isHot={false} />
        {onKeep && (
          <Button variant="subtle" onClick={onKeep}>
            <Trans>Keep it as it is</Trans>
          </Button>
        )}
      </Group>
      {(query.isPending || seen.isPending) && <Waiting rows={3} height={40} />}
      {!query.data && <FailedQuery query={query} />}
      {query.data && mark === undefined && <FailedQuery query={seen} />}
      {query.isSuccess && contacts.length === 0 && (
        <Text c="dimmed">
          <Trans>Printavo knows nobody by that name. Add the customer in Printavo, then search again.</Trans>
        </Text>
      )}
      {mark !== undefined && contacts.length > 0 && (
        <ul className={classes.choices} aria-label={t`Contacts in Printavo`}>
          {contacts.map((contact) => (
            <li key={contact.id}>
              <Choice
                contact={contact}
                disabled={choose.isPending}
                onChoose={(body) => {
                  choose.mutate({ mark, body }, { onSuccess: onChosen })
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <ShowMore query={query} />
    </Stack>
  )
}

interface ChoiceProps {
  contact: PrintavoContact
  disabled: boolean
  onChoose: (body: { contact_id: string; contact_name: string }) => void
}

function Choice({ contact, disabled, onChoose }: ChoiceProps) {
  const { t } = useLingui()
  const name = [contact.company_name, contact.full_name].find(Boolean) ?? t`no name`
  return (
    <UnstyledButton
      className={classes.choice}
      disabled={disabled}
      data-disabled={disabled || undefined}
      onClick={() => {
        onChoose({ contact_id: contact.id, contact_name: name })
      }}
    >
      <span className={classes.strong}>{name}</span>
      <span />
      <span className={classes.weak}>{[contact.full_name, contact.email].filter(Boolean).join(' · ')}</span>
    </UnstyledButton>
  )
}
