import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { count } from '@/lib/numbers'
import { paths } from '@/paths'
import { type View, VIEWS } from './views'
import classes from './ViewTabs.module.css'

const names: Record<View, MessageDescriptor> = {
  new: msg`New`,
  attached: msg`Attached`,
  changed: msg`Changed`,
  cancelled: msg`Cancelled`,
  all: msg`All`,
}

/** The parts of a feed; each has an address of its own, and the search goes along. */
export function ViewTabs({ fresh }: { fresh: number | undefined }) {
  const { t, i18n } = useLingui()
  return (
    <nav className={classes.tabs} aria-label={t`Orders shown`} data-numeric>
      {VIEWS.map((one) => (
        <Link
          key={one}
          from={paths.storeFeed}
          to="."
          search={({ q }) => ({ q, view: one === 'new' ? undefined : one })}
          activeOptions={{ explicitUndefined: true }}
          replace
        >
          {i18n._(names[one])}
          {one === 'new' && fresh !== undefined && fresh > 0 && (
            <span className={classes.count}>{count(fresh)}</span>
          )}
        </Link>
      ))}
    </nav>
  )
}
