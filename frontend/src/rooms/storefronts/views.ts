import { given, oneIn, textIn } from '@/lib/url-state'

/** What part of a store's orders is shown; `new` is where the work starts. */
export const VIEWS = ['new', 'attached', 'changed', 'cancelled', 'all'] as const
export type View = (typeof VIEWS)[number]

/** The address of the list of storefronts. */
export function storefrontsSearch(search: Record<string, unknown>): { q?: string } {
  return given({ q: textIn(search, 'q') })
}

/** The address of a feed: its tab, its search, the order that is looked at, and where a selection is being added. */
export interface FeedSearch {
  view?: View
  q?: string
  order?: string
  /** `new`, `existing` (which one is being chosen), or an invoice's id. */
  add?: string
}

export function feedSearch(search: Record<string, unknown>): FeedSearch {
  const view = oneIn(search, 'view', VIEWS)
  return given({
    view: view === 'new' ? undefined : view,
    q: textIn(search, 'q'),
    order: textIn(search, 'order'),
    add: textIn(search, 'add'),
  })
}
