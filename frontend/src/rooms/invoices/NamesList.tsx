import { Button, CopyButton } from '@mantine/core'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { InvoiceGroup } from '@/api/generated/types.gen'
import { count } from '@/lib/numbers'
import { CheckIcon, CopyIcon } from '@/ui/icons'
import classes from './Groups.module.css'
import { wordsOfLine } from './writtenTexts'

interface NamedPiece {
  item: string
  size: string
  name: string
  number: string
  further: string
  pieces: number
  order: string
}

function namesOf(group: InvoiceGroup): NamedPiece[] {
  return group.lines.flatMap((line) =>
    line.personalizations.map((one) => ({
      item: [wordsOfLine(line.description, true).name, line.color].filter(Boolean).join(' · '),
      size: one.size,
      name: one.name,
      number: one.number,
      further: one.values.map(([label, text]) => `${label}: ${text}`).join(', '),
      pieces: one.quantity,
      order: one.order_number,
    })),
  )
}

/** A cell of a spreadsheet: it stays in its place, and no name is taken for a formula. */
function cell(value: string | number): string {
  const plain = String(value).replace(/[\t\r\n]+/g, ' ')
  return /^[=+@-]/.test(plain) ? `'${plain}` : plain
}

const asTable = (names: readonly NamedPiece[]) =>
  names.map((one) => Object.values(one).map(cell).join('\t')).join('\n')

/** Names and numbers of the group's pieces, for whoever prints them; closed until it is wanted. */
export function NamesList({ group }: { group: InvoiceGroup }) {
  const { t } = useLingui()
  const [isOpen, open] = useState(false)
  const names = namesOf(group)
  if (names.length === 0) return null
  const pieces = names.reduce((sum, one) => sum + one.pieces, 0)
  return (
    <details
      className={classes.names}
      onToggle={(event) => {
        open(event.currentTarget.open)
      }}
    >
      <summary>
        <Plural value={pieces} one="# personalized piece" other="# personalized pieces" />
      </summary>
      {isOpen && (
        <>
          <div className={classes.namesHead}>
            <CopyButton value={asTable(names)}>
              {({ copied, copy }) => (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  leftSection={copied ? <CheckIcon /> : <CopyIcon />}
                  onClick={copy}
                >
                  {copied ? <Trans>Copied</Trans> : <Trans>Copy for a spreadsheet</Trans>}
                </Button>
              )}
            </CopyButton>
          </div>
          {/* A long list scrolls by keyboard too. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div className={classes.scroll} role="region" aria-label={t`Names and numbers`} tabIndex={0}>
            <Names of={names} />
          </div>
        </>
      )}
    </details>
  )
}

function Names({ of: names }: { of: readonly NamedPiece[] }) {
  const { t } = useLingui()
  return (
    <table className={classes.table} aria-label={t`Names and numbers`}>
      <thead>
        <tr>
          {[t`Item`, t`Size`, t`Name`, t`Number`, t`More`].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
          <th scope="col" className={classes.end}>
            <Trans>Pieces</Trans>
          </th>
          <th scope="col">
            <Trans>Order</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {names.map((one, at) => (
          <tr key={at}>
            <td>{one.item}</td>
            <td>{one.size}</td>
            <td className={classes.name}>
              <bdi>{one.name}</bdi>
            </td>
            <td>{one.number}</td>
            <td className={classes.name}>
              <bdi>{one.further}</bdi>
            </td>
            <td className={classes.end}>{count(one.pieces)}</td>
            <td>{one.order}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
