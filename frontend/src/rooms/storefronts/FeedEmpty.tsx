import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { firstImportOptions } from '@/parts/FirstImport'
import { NothingMatches, NothingYet } from '@/ui/Empty'
import { BoxIcon, CheckIcon, RefreshIcon } from '@/ui/icons'
import type { View } from './views'

const told: Record<View, readonly [title: ReactNode, words: ReactNode]> = {
  new: [
    <Trans key="title">No new orders</Trans>,
    <Trans key="words">
      Every order of this store is on an invoice. The next one appears here as soon as it is approved in
      InkSoft.
    </Trans>,
  ],
  attached: [
    <Trans key="title">Nothing on an invoice yet</Trans>,
    <Trans key="words">Select orders under New and add them to an invoice; then they appear here.</Trans>,
  ],
  changed: [
    <Trans key="title">Nothing has changed</Trans>,
    <Trans key="words">
      An order appears here when it is edited in InkSoft after it went on an invoice.
    </Trans>,
  ],
  cancelled: [
    <Trans key="title">Nothing is cancelled</Trans>,
    <Trans key="words">Orders that are cancelled in InkSoft appear here.</Trans>,
  ],
  all: [
    <Trans key="title">No orders yet</Trans>,
    <Trans key="words">Orders of this store appear here as soon as shoppers place them.</Trans>,
  ],
}

interface FeedEmptyProps {
  view: View
  isSearch: boolean
  onClear: () => void
}

/** Why there is no order here: the search, an import that still runs, or there is nothing to do. */
export function FeedEmpty({ view, isSearch, onClear }: FeedEmptyProps) {
  const { data: run } = useQuery(firstImportOptions)
  if (isSearch) return <NothingMatches onClear={onClear} />
  if (run) {
    return (
      <NothingYet
        icon={RefreshIcon}
        title={<Trans>Orders are on their way</Trans>}
        words={<Trans>They are being imported for the first time, and appear here as they come.</Trans>}
      />
    )
  }
  const [title, words] = told[view]
  return <NothingYet icon={view === 'new' ? CheckIcon : BoxIcon} title={title} words={words} />
}
