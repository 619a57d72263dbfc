import type { InvoiceGroup, InvoiceLine } from '@/api/generated/types.gen'
import { Money } from '@/ui/Money'
import type { SizeLine } from '@/ui/SizeGrid'
import { type Size, SIZES } from '@/ui/sizes'
import { wordsOfLine } from './writtenTexts'

const known = new Map<string, Size>(SIZES.map(([size]) => [size, size]))

function lineOf(line: InvoiceLine, at: number, currency: string): SizeLine {
  const { name, size, rest } = wordsOfLine(line.description, line.personalizations.length > 0)
  return {
    id: `${at}`,
    name: [name, line.color].filter(Boolean).join(' · '),
    detail: [line.item_number, rest].filter(Boolean).join(' · ') || undefined,
    sizes: line.sizes.map((one) => {
      const code = known.get(one.size) ?? 'size_other'
      return { size: code, pieces: one.count, text: code === 'size_other' ? (size ?? null) : null }
    }),
    amounts: [
      <Money key="price" amount={line.unit_price_amount} currency={currency} />,
      <Money key="total" amount={line.total_amount} currency={currency} />,
    ],
  }
}

/** The lines of a group as the size grid draws them. An Other size keeps what it was called in the store. */
export function sizeLinesOf({ lines }: InvoiceGroup, currency: string): SizeLine[] {
  return lines.map((line, at) => lineOf(line, at, currency))
}
