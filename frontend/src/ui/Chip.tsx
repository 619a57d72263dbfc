import type { ReactNode } from 'react'
import classes from './Chip.module.css'
import type { Icon } from './icons'
import type { Tone } from './theme/tokens'

interface ChipProps {
  tone: Tone
  icon: Icon
  children: ReactNode
}

/** A state: one colour and one icon, so that it is read without colour too. */
export function Chip({ tone, icon: Drawn, children }: ChipProps) {
  const colours = { '--chip-text': `var(--p-${tone}-text)`, '--chip-ground': `var(--p-${tone}-ground)` }
  return (
    <span className={classes.chip} style={colours as React.CSSProperties} data-tone={tone}>
      <Drawn />
      <span>{children}</span>
    </span>
  )
}
