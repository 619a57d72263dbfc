import { Button, Stack } from '@mantine/core'
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import classes from './Empty.module.css'
import { AlertIcon, BoxIcon, type Icon, SearchIcon } from './icons'
import { RequestId } from './RequestId'

interface EmptyProps {
  icon: Icon
  title: ReactNode
  words?: ReactNode
  action?: ReactNode
  colours?: Record<`--empty-${string}`, string>
}

function Empty({ icon: Drawn, title, words, action, colours = {} }: EmptyProps) {
  return (
    <div className={classes.empty} style={colours}>
      <div className={classes.sign}>
        <Drawn />
      </div>
      <h2 className={classes.title}>{title}</h2>
      {words !== undefined && <p className={classes.words}>{words}</p>}
      {action}
    </div>
  )
}

interface NothingYetProps {
  icon?: Icon
  title: ReactNode
  words: ReactNode
  /** The next step that brings the first one. */
  action?: ReactNode
}

/** There never was anything here: says what would be, and the next step. */
export function NothingYet({ icon = BoxIcon, ...told }: NothingYetProps) {
  return <Empty icon={icon} {...told} />
}

/** Filters or a search leave nothing; clearing them brings the rest back. */
export function NothingMatches({ onClear }: { onClear: () => void }) {
  return (
    <Empty
      icon={SearchIcon}
      title={<Trans>Nothing matches</Trans>}
      words={<Trans>Try fewer words, or clear the search and filters.</Trans>}
      action={
        <Button variant="default" onClick={onClear} mt="sm">
          <Trans>Clear search and filters</Trans>
        </Button>
      }
    />
  )
}

interface FailedProps {
  title: ReactNode
  words: ReactNode
  requestId?: string | undefined
  onRetry: () => void
}

/** It could not be read: what happened, the id to quote, and another try. */
export function Failed({ title, words, requestId, onRetry }: FailedProps) {
  return (
    <div role="alert">
      <Empty
        icon={AlertIcon}
        title={title}
        words={words}
        colours={{ '--empty-ground': 'var(--p-lost-ground)', '--empty-text': 'var(--p-lost-text)' }}
        action={
          <Stack align="center" gap="xs" mt="sm">
            <Button variant="default" onClick={onRetry}>
              <Trans>Try again</Trans>
            </Button>
            {requestId !== undefined && <RequestId id={requestId} />}
          </Stack>
        }
      />
    </div>
  )
}
