import { Title } from '@mantine/core'
import { type ReactNode } from 'react'
import classes from './PageHeader.module.css'

interface PageHeaderProps {
  title: string
  /** The one figure that matters: "12 new orders". */
  figure?: ReactNode
  /** The state of what the page is about. */
  state?: ReactNode
  /** A link to the page above. */
  back?: ReactNode
  /** The main action, at the right. */
  action?: ReactNode
}

/** What this page is, the one figure that matters, and the main thing to do. */
export function PageHeader({ title, figure, state, back, action }: PageHeaderProps) {
  return (
    <div className={classes.head}>
      <title>{`${title} · Platen`}</title>
      <div className={classes.names}>
        {back !== undefined && <div className={classes.back}>{back}</div>}
        <div className={classes.title}>
          <Title order={1}>{title}</Title>
          {state}
        </div>
        {figure !== undefined && (
          <div className={classes.figure} data-numeric>
            {figure}
          </div>
        )}
      </div>
      {action}
    </div>
  )
}
