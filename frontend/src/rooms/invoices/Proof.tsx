import { Trans, useLingui } from '@lingui/react/macro'
import type { InvoiceContent, InvoiceFee } from '@/api/generated/types.gen'
import { money } from '@/lib/money'
import { CheckIcon } from '@/ui/icons'
import { Money } from '@/ui/Money'
import { Notice } from '@/ui/Notice'
import { invoiceTotal } from './invoiceTotal'
import classes from './Proof.module.css'

type Sum = readonly [name: string, amount: number, isTotal?: boolean]

/** How the invoice's total comes about, and whether it is what the orders say, to the cent. */
export function Proof({ content }: { content: InvoiceContent }) {
  const { t } = useLingui()
  const { proof, currency } = content
  const fees: Record<InvoiceFee['kind'], string> = {
    shipping: t`Shipping`,
    tax: t`Tax`,
    fee: t`Fees`,
    rounding: t`Rounding`,
  }
  const sums: Sum[] = [
    [t`Items`, proof.lines_amount],
    ...feeSums(content.fees).map(([kind, amount]): Sum => [fees[kind], amount]),
    ...(proof.discount_amount === 0 ? [] : [[t`Discount`, -proof.discount_amount] as const]),
    ...(proof.recomputed_tax_amount === 0
      ? []
      : [[t`Sales tax, computed by Printavo`, proof.recomputed_tax_amount] as const]),
    [t`Invoice total`, invoiceTotal(proof), true],
    [t`Paid in the store`, -proof.payments_amount],
    [t`Balance due`, proof.due_amount, true],
  ]
  return (
    <div>
      <table className={classes.sums} aria-label={t`Sums`}>
        <tbody>
          {sums.map(([name, amount, isTotal]) => (
            <tr key={name} data-total={isTotal}>
              <th scope="row">{name}</th>
              <td>
                <Money amount={amount} currency={currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {proof.is_balanced ? <Balanced content={content} /> : <Unbalanced content={content} />}
    </div>
  )
}

/** One sum a kind: an invoice may carry a fee for each order. */
function feeSums(fees: InvoiceFee[]): [InvoiceFee['kind'], number][] {
  const sums = new Map<InvoiceFee['kind'], number>()
  for (const { kind, amount } of fees) sums.set(kind, (sums.get(kind) ?? 0) + amount)
  return [...sums]
}

function Balanced({ content: { proof, currency } }: { content: InvoiceContent }) {
  const orders = money(proof.orders_amount, currency)
  const refunds = money(proof.refunds_amount, currency)
  const invoice = money(invoiceTotal(proof), currency)
  return (
    <p className={classes.proof} data-numeric>
      <CheckIcon />
      {proof.refunds_amount === 0 ? (
        <Trans>To the cent: the orders come to {orders}, and so does the invoice.</Trans>
      ) : (
        <Trans>
          To the cent: the orders come to {orders}, less {refunds} refunded makes {invoice}, and so does the
          invoice.
        </Trans>
      )}
    </p>
  )
}

function Unbalanced({ content: { proof, currency } }: { content: InvoiceContent }) {
  const difference = money(proof.difference, currency)
  const payments = money(proof.payment_difference, currency)
  return (
    <Notice tone="lost" title={<Trans>The sums do not agree</Trans>}>
      {proof.difference !== 0 && (
        <Trans>Orders and invoice differ by {difference}. Nothing is sent to Printavo like this.</Trans>
      )}{' '}
      {proof.payment_difference !== 0 && (
        <Trans>What was collected and the recorded payment differ by {payments}.</Trans>
      )}
    </Notice>
  )
}
