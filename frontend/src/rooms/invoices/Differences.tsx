import { List } from '@mantine/core'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { InvoiceRead, ShopDifference } from '@/api/generated/types.gen'
import { Notice } from '@/ui/Notice'
import { fieldNames, objectWords, valueWords } from './differenceWords'

/** What Printavo shows otherwise than was written: edited in the shop, and kept; or not there yet. */
export function Differences({ invoice: { differences, currency } }: { invoice: InvoiceRead }) {
  if (differences.length === 0) return null
  return (
    <Notice
      tone="off"
      title={
        <Plural
          value={differences.length}
          one="Edited in shop: # thing differs in Printavo"
          other="Edited in shop: # things differ in Printavo"
        />
      }
    >
      <Trans>What your people changed in Printavo stays as it is there.</Trans>
      <List size="sm" spacing={2} mt={4}>
        {differences.map((difference, at) => (
          <List.Item key={at}>
            <Sentence of={difference} currency={currency} />
          </List.Item>
        ))}
      </List>
    </Notice>
  )
}

function Sentence({
  of: { kind, field, wanted, remote },
  currency,
}: {
  of: ShopDifference
  currency: string
}) {
  const { i18n } = useLingui()
  if (kind === 'removed') return <Trans>Removed in Printavo: {objectWords(wanted, currency)}</Trans>
  if (kind === 'missing') return <Trans>Not in Printavo yet: {objectWords(wanted, currency)}</Trans>
  const known = fieldNames[field]
  const name = known ? i18n._(known) : field
  return (
    <Trans>
      {name}: {valueWords(field, remote, currency)} in Printavo, {valueWords(field, wanted, currency)} by the
      orders
    </Trans>
  )
}
