import { locale } from './language'

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(currency: string): Intl.NumberFormat {
  const key = `${locale()} ${currency}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locale(), { style: 'currency', currency })
    formats.set(key, format)
  }
  return format
}

/** Minor units as people read them: `money(231050, 'USD')` is `$2,310.50`. Digits follow the currency (JPY has none). */
export function money(amount: number, currency: string): string {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is no whole number of minor units`)
  const format = formatOf(currency)
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}
