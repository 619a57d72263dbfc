import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { Children, type ReactNode } from 'react'
import { count } from '@/lib/numbers'
import classes from './SelectionBar.module.css'

interface SelectionBarProps {
  selected: number
  /** What the selection adds up to: pieces, money. */
  figures?: ReactNode
  /** Rows that match in all, beyond those that are loaded; offered when there are more than are selected. */
  matching?: number | undefined
  onSelectMatching?: (() => void) | undefined
  onClear: () => void
  /** What can be done with them; the main action last. */
  actions: ReactNode
}

/** "12 selected · 148 pieces · $2,310", what to do with them, and a way out. Nothing while nothing is selected. */
export function SelectionBar({
  selected,
  figures,
  matching,
  onSelectMatching,
  onClear,
  actions,
}: SelectionBarProps) {
  const { t } = useLingui()
  return (
    <>
      <VisuallyHidden role="status">
        {selected > 0 && <Trans>{count(selected)} selected</Trans>}
      </VisuallyHidden>
      {selected > 0 && (
        <div className={classes.bar} role="group" aria-label={t`Selection`} data-numeric>
          <div className={classes.figures}>
            <span>
              <Trans>{count(selected)} selected</Trans>
            </span>
            {Children.map(figures, (figure) => figure != null && <span>{figure}</span>)}
          </div>
          {onSelectMatching && matching !== undefined && matching > selected && (
            <UnstyledButton className={classes.more} onClick={onSelectMatching}>
              <Trans>Select all {count(matching)} that match</Trans>
            </UnstyledButton>
          )}
          <UnstyledButton className={classes.clear} onClick={onClear}>
            <Trans>Clear</Trans>
          </UnstyledButton>
          <div className={classes.actions}>{actions}</div>
        </div>
      )}
    </>
  )
}
