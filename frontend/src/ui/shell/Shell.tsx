import { Drawer, UnstyledButton } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { MenuIcon } from '@/ui/icons'
import classes from './Shell.module.css'

interface ShellProps {
  collapsed: boolean
  /** The rail, drawn at the left or, on a phone, in a drawer that is always wide. */
  rail: (narrow: boolean) => ReactNode
  /** Where we are: a change closes the phone's menu and moves the focus to the new screen. */
  place: string
  title: ReactNode
  children: ReactNode
}

/** The frame of every screen behind the door: rail, skip link, main. */
export function Shell({ collapsed, rail, place, title, children }: ShellProps) {
  const { t } = useLingui()
  const main = useRef<HTMLElement>(null)
  const [openedAt, openAt] = useState<string>()
  const seen = useRef(place)

  useEffect(() => {
    if (seen.current === place) return
    seen.current = place
    main.current?.focus({ preventScroll: true })
  }, [place])

  return (
    <div className={classes.shell} data-collapsed={collapsed || undefined}>
      <a className={classes.skip} href="#main">
        <Trans>Skip to content</Trans>
      </a>
      <header className={classes.rail}>{rail(collapsed)}</header>
      <section className={classes.bar} aria-label={t`Top bar`}>
        <UnstyledButton
          className={classes.menu}
          aria-label={t`Open navigation`}
          onClick={() => {
            openAt(place)
          }}
        >
          <MenuIcon />
        </UnstyledButton>
        {title}
      </section>
      <Drawer
        opened={openedAt === place}
        onClose={() => {
          openAt(undefined)
        }}
        size={280}
        padding={0}
        withCloseButton={false}
        attributes={{ content: { 'aria-label': t`Navigation` } }}
        classNames={{ content: classes.drawer }}
      >
        {rail(false)}
      </Drawer>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        {children}
      </main>
    </div>
  )
}
