import { Tooltip, UnstyledButton } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactElement, type ReactNode, useId } from 'react'
import { type Icon, RailIcon } from '@/ui/icons'
import classes from './Rail.module.css'

/** What the caller's link has to carry; it renders `<Link {...link} to=…>`. */
export interface RailLink {
  className: string
  children: ReactNode
  'aria-label'?: string
}

export interface RailEntry {
  id: string
  icon: Icon
  name: string
  link: (link: RailLink) => ReactElement
}

export interface RailGroup {
  name: string
  entries: readonly RailEntry[]
}

interface RailProps {
  narrow: boolean
  /** The workspace and the way to another one. */
  top: ReactNode
  groups: readonly RailGroup[]
  /** Who is signed in. */
  foot: ReactNode
  onCollapse: (collapsed: boolean) => void
}

/** Left rail: labelled groups; narrow, the names move into tooltips. A group without entries is not there. */
export function Rail({ narrow, top, groups, foot, onCollapse }: RailProps) {
  const { t } = useLingui()
  const id = useId()
  return (
    <div className={classes.rail} data-narrow={narrow || undefined}>
      {top}
      <nav className={classes.groups} aria-label={t`Main`}>
        {groups
          .filter(({ entries }) => entries.length > 0)
          .map(({ name, entries }, at) => (
            <div key={name} className={classes.group}>
              <div className={classes.label} id={`${id}-${at}`}>
                {name}
              </div>
              <ul className={classes.list} aria-labelledby={`${id}-${at}`}>
                {entries.map((entry) => (
                  <li key={entry.id}>
                    <Entry entry={entry} narrow={narrow} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
      </nav>
      <div className={classes.foot}>
        {foot}
        <UnstyledButton
          className={classes.entry}
          visibleFrom="sm"
          aria-pressed={narrow}
          aria-label={t`Collapse navigation`}
          onClick={() => {
            onCollapse(!narrow)
          }}
        >
          <RailIcon />
          {!narrow && <Trans>Collapse</Trans>}
        </UnstyledButton>
      </div>
    </div>
  )
}

function Entry({ entry: { icon: Drawn, name, link }, narrow }: { entry: RailEntry; narrow: boolean }) {
  const className = classes.entry ?? ''
  if (!narrow) {
    const children = (
      <>
        <Drawn />
        <span>{name}</span>
      </>
    )
    return link({ className, children })
  }
  return (
    <Tooltip label={name} position="right">
      {link({ className, children: <Drawn />, 'aria-label': name })}
    </Tooltip>
  )
}
