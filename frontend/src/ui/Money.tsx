import { money } from '@/lib/money'

/** An amount in minor units of its currency, in figures that align. */
export function Money({ amount, currency }: { amount: number; currency: string }) {
  return <span data-numeric>{money(amount, currency)}</span>
}
