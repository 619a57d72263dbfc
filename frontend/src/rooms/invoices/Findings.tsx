import { List } from '@mantine/core'
import { Plural, Trans } from '@lingui/react/macro'
import type { FindingRead } from '@/api/generated/types.gen'
import { Money } from '@/ui/Money'
import { Notice } from '@/ui/Notice'

interface Told {
  code: FindingRead['code']
  /** The sizes or methods that nobody knows. */
  words: string[]
  /** The numbers of the orders, each once. */
  orders: string[]
  amount: number
}

const textIn = (details: FindingRead['details'], name: string) => {
  const value = details[name]
  return typeof value === 'string' ? value : ''
}

/** Findings of one kind are one thing to know, however many orders they are about. */
export function gather(findings: readonly FindingRead[]): Told[] {
  const found = new Map<FindingRead['code'], Told>()
  for (const { code, details } of findings) {
    const told = found.get(code) ?? { code, words: [], orders: [], amount: 0 }
    const word = textIn(details, 'size') || textIn(details, 'method')
    const order = textIn(details, 'order_number')
    if (word && !told.words.includes(word)) told.words.push(word)
    if (!told.orders.includes(order)) told.orders.push(order)
    told.amount += typeof details.amount === 'number' ? details.amount : 0
    found.set(code, told)
  }
  return [...found.values()]
}

/** What somebody should know before this is written: what was put where, and what does not add up. */
export function Findings({ of: findings, currency }: { of: readonly FindingRead[]; currency: string }) {
  const told = gather(findings)
  const wrong = told.filter(({ code }) => code === 'does_not_add_up')
  const others = told.filter(({ code }) => code !== 'does_not_add_up')
  return (
    <>
      {wrong.map(({ orders }) => (
        <Notice key="wrong" tone="lost" title={<Trans>These orders do not add up</Trans>}>
          <Trans>
            Their parts do not make their total, so the invoice would be wrong: {orders.join(', ')}. Leave
            them out, or correct them in InkSoft.
          </Trans>
        </Notice>
      ))}
      {others.length > 0 && (
        <Notice tone="off" title={<Trans>Good to know</Trans>}>
          <List size="sm" spacing={2} data-numeric>
            {others.map((one) => (
              <List.Item key={one.code}>
                <Sentence of={one} currency={currency} />{' '}
                <Plural value={one.orders.length} one="(# order)" other="(# orders)" />
              </List.Item>
            ))}
          </List>
        </Notice>
      )}
    </>
  )
}

function Sentence({ of: { code, words, amount }, currency }: { of: Told; currency: string }) {
  const named = words.join(', ')
  if (code === 'unknown_size') {
    return (
      <Plural
        value={words.length}
        one={`The size ${named} is not in Printavo’s grid: it goes under Other, with its name.`}
        other={`The sizes ${named} are not in Printavo’s grid: they go under Other, with their names.`}
      />
    )
  }
  if (code === 'unknown_method') {
    return (
      <Plural
        value={words.length}
        one={`${named} has no type of work in Printavo yet: its imprints are written without one.`}
        other={`${named} have no type of work in Printavo yet: their imprints are written without one.`}
      />
    )
  }
  return (
    <Trans>
      Rounding of <Money amount={amount} currency={currency} /> gets a line of its own.
    </Trans>
  )
}
