import { useLingui } from '@lingui/react/macro'
import type { OrderMoney } from '@/api/generated/types.gen'
import { Money } from '@/ui/Money'
import classes from './OrderLines.module.css'

/** How the order's total comes about; what is zero is left out. */
export function OrderSums({ money, currency }: { money: OrderMoney; currency: string }) {
  const { t } = useLingui()
  const sums: [name: string, amount: number, isTotal?: boolean][] = [
    [t`Items`, money.items_amount],
    [t`Discount`, -money.discount_amount],
    [t`Shipping`, money.shipping_amount],
    [t`Tax`, money.tax_amount],
    [t`Fees`, money.fee_amount],
    [t`Total`, money.total_amount, true],
    [t`Paid`, money.collected_amount],
    [t`Refunded`, -money.refunded_amount],
    [t`Still due`, money.due_amount],
  ]
  return (
    <table className={classes.sums} aria-label={t`Sums`}>
      <tbody>
        {sums
          .filter(([, amount, isTotal]) => isTotal ?? amount !== 0)
          .map(([name, amount, isTotal]) => (
            <tr key={name} data-total={isTotal}>
              <th scope="row">{name}</th>
              <td>
                <Money amount={amount} currency={currency} />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}
