import type { CSSProperties, ReactNode } from 'react'
import { AlertIcon, CheckIcon, type Icon, StopIcon } from './icons'
import classes from './Notice.module.css'
import { RequestId } from './RequestId'

type NoticeTone = 'need' | 'lost' | 'done' | 'off'

const icons: Record<NoticeTone, Icon> = { need: AlertIcon, lost: StopIcon, done: CheckIcon, off: AlertIcon }

interface NoticeProps {
  /** `need`: a person has to act; `lost`: it was refused; `done`: it worked; `off`: good to know. */
  tone: NoticeTone
  title: ReactNode
  children?: ReactNode
  requestId?: string | undefined
  action?: ReactNode
}

/** A sentence that belongs to what stands below it: a refused form, a link that needs somebody. */
export function Notice({ tone, title, children, requestId, action }: NoticeProps) {
  const Drawn = icons[tone]
  const colours = { '--notice-text': `var(--p-${tone}-text)`, '--notice-ground': `var(--p-${tone}-ground)` }
  return (
    <div
      className={classes.notice}
      style={colours as CSSProperties}
      role={tone === 'lost' ? 'alert' : 'status'}
    >
      <Drawn />
      <div className={classes.body}>
        <div className={classes.title}>{title}</div>
        {children !== undefined && <div>{children}</div>}
        {requestId !== undefined && <RequestId id={requestId} />}
      </div>
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  )
}
