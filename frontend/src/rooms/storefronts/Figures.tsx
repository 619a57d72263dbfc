import type { ReactNode } from 'react'
import classes from './Figures.module.css'

export interface Figure {
  name: string
  value: ReactNode
  more?: ReactNode
}

/** What waits, as few large figures. */
export function Figures({ of }: { of: readonly Figure[] }) {
  return (
    <dl className={classes.figures}>
      {of.map(({ name, value, more }) => (
        <div key={name} className={classes.figure}>
          {more !== undefined && <dd className={classes.more}>{more}</dd>}
          <dt>{name}</dt>
          <dd data-numeric>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
