import { Drawer } from '@mantine/core'
import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import classes from './SideDrawer.module.css'

interface SideDrawerProps {
  title: ReactNode
  opened: boolean
  onClose: () => void
  /** The actions, always in sight; the main one at the right. */
  foot?: ReactNode
  children: ReactNode
}

/** 560 px from the right, the whole width of a phone. Escape closes it, and the focus goes back to where it was. */
export function SideDrawer({ title, opened, onClose, foot, children }: SideDrawerProps) {
  const { t } = useLingui()
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      position="right"
      size={560}
      padding="lg"
      classNames={{ content: classes.content, body: classes.body, title: classes.title }}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <div className={classes.main}>{children}</div>
      {foot !== undefined && <div className={classes.foot}>{foot}</div>}
    </Drawer>
  )
}
