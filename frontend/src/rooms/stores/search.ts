import { given, oneIn, textIn } from '@/lib/url-state'

export const SHOWN = ['shared', 'unshared'] as const
export type Shown = (typeof SHOWN)[number]

/** The address of the stores: the search, only some of them, and whether one is being added. */
export interface StoresSearch {
  q?: string
  show?: Shown
  add?: 'store'
}

export function storesSearch(search: Record<string, unknown>): StoresSearch {
  return given({
    q: textIn(search, 'q'),
    show: oneIn(search, 'show', SHOWN),
    add: oneIn(search, 'add', ['store'] as const),
  })
}
