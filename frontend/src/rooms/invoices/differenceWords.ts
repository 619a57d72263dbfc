import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { money } from '@/lib/money'
import { count } from '@/lib/numbers'
import { SIZES } from '@/ui/sizes'
import { readable } from './writtenTexts'

/** The fields that are written and compared, as people call them. */
export const fieldNames: Partial<Record<string, MessageDescriptor>> = {
  item_number: msg`Item number`,
  color: msg`Color`,
  description: msg`Description`,
  unit_price_amount: msg`Price`,
  taxed: msg`Taxed`,
  taxable: msg`Taxed`,
  sizes: msg`Sizes`,
  details: msg`Imprint`,
  type_of_work_id: msg`Type of work`,
  amount: msg`Amount`,
  discount_amount: msg`Discount`,
  sales_tax_amount: msg`Sales tax`,
  total_amount: msg`Invoice total`,
  paid_amount: msg`Paid`,
  total_quantity: msg`Pieces`,
}

const sizeNames = new Map<string, string>(SIZES)

/** A value of one field; what is not understood is shown as it is, never left out. */
export function valueWords(field: string, value: unknown, currency: string): string {
  if (value === null || value === undefined || value === '') return t`nothing`
  if (typeof value === 'boolean') return value ? t`yes` : t`no`
  if (typeof value === 'number') return field.endsWith('amount') ? money(value, currency) : count(value)
  if (typeof value === 'string') return readable(value)
  if (field === 'sizes' && Array.isArray(value)) return value.map(sizeWords).join(', ') || t`nothing`
  return JSON.stringify(value)
}

function sizeWords(pair: unknown): string {
  if (!Array.isArray(pair)) return String(pair)
  const [code, pieces] = pair as [unknown, unknown]
  return `${sizeNames.get(String(code)) ?? String(code)} ${String(pieces)}`
}

/** What a whole line, imprint, fee or payment says, in short. */
export function objectWords(value: unknown, currency: string): string {
  if (typeof value !== 'object' || value === null) return valueWords('', value, currency)
  const { description, details, color, sizes, amount } = value as Record<string, unknown>
  return [
    typeof description === 'string' && readable(description),
    typeof details === 'string' && readable(details),
    typeof color === 'string' && color,
    sizes !== undefined && valueWords('sizes', sizes, currency),
    typeof amount === 'number' && money(amount, currency),
  ]
    .filter(Boolean)
    .join(' · ')
}
