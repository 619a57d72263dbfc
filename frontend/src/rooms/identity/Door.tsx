import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Mark } from '@/ui/brand/Mark'
import classes from './Door.module.css'

interface DoorProps {
  title: string
  lead: ReactNode
  foot: ReactNode
  children: ReactNode
}

/** The screens in front of the door: one panel under the name of the house. */
export function Door({ title, lead, foot, children }: DoorProps) {
  return (
    <main className={classes.door}>
      <title>{`${title} · Platen`}</title>
      <div className={classes.card}>
        <div className={classes.name}>
          <Mark size={34} /> Platen
        </div>
        <div className={classes.panel}>
          <Title order={1}>{title}</Title>
          <p className={classes.lead}>{lead}</p>
          {children}
        </div>
        <div className={classes.foot}>{foot}</div>
      </div>
    </main>
  )
}
