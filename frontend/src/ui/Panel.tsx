import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Panel.module.css'

interface PanelProps {
  title: ReactNode
  /** At the right of the title: a state, an action. */
  aside?: ReactNode
  children: ReactNode
}

/** A part of a page with a heading of its own. Panels do not stand in panels. */
export function Panel({ title, aside, children }: PanelProps) {
  return (
    <section className={classes.panel}>
      <div className={classes.head}>
        <Title order={2}>{title}</Title>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** Names and values, one pair a line; a pair without a value is left out. */
export function Facts({ of }: { of: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {of
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
