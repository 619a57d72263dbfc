import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { ChevronIcon } from '@/ui/icons'
import classes from './Rail.module.css'

interface RailMenuProps {
  /** What the button is for, heard before what it shows: "Workspace", "Signed in as". */
  label: string
  sign: ReactNode
  strong: string
  weak: string
  narrow: boolean
  framed?: boolean
  /** `Menu.Label` and `Menu.Item` only. */
  children: ReactNode
}

/** A button of the rail that opens a menu: the workspace switch, the person. */
export function RailMenu({ label, sign, strong, weak, narrow, framed = false, children }: RailMenuProps) {
  return (
    <Menu
      position={framed ? 'bottom-start' : 'top-start'}
      width={narrow ? 220 : 'target'}
      withinPortal={false}
    >
      <Menu.Target>
        <UnstyledButton className={`${classes.entry} ${framed ? classes.switch : ''}`}>
          <VisuallyHidden>{label}</VisuallyHidden> {sign}
          {narrow ? (
            <VisuallyHidden>{strong}</VisuallyHidden>
          ) : (
            <>
              <span className={classes.two}>
                <span className={classes.strong}>{strong}</span> <span className={classes.weak}>{weak}</span>
              </span>
              <ChevronIcon />
            </>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}
