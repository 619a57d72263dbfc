import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Problem } from '@/api/problem'
import type { OrderSummary } from '@/api/generated/types.gen'
import { useSelection } from '@/lib/selection'
import { toastProblem } from '@/parts/toast'
import { paths } from '@/paths'
import { type FeedFilter, feedList, MOST_AT_ONCE } from './queries'
import type { FeedSearch } from './views'

/** The feed that the address names: its filter, what is picked there, and how its address changes. */
export function useFeed() {
  const { storeId } = useParams({ from: paths.storeFeed })
  const { view = 'new', q = '', order, add } = useSearch({ from: paths.storeFeed })
  const navigate = useNavigate({ from: paths.storeFeed })
  const filter: FeedFilter = { storeId, view, q }
  const selection = useSelection<OrderSummary>([storeId, view, q].join('\n'))

  const go = (change: FeedSearch, replace = false) => {
    void navigate({ search: (before) => ({ ...before, ...change }), replace })
  }

  // Nothing is picked after a reload, or when the last one was left out: there is nothing to add.
  const isPointless = add !== undefined && selection.size === 0
  useEffect(() => {
    if (isPointless) {
      void navigate({ search: (before) => ({ ...before, add: undefined }), replace: true })
    }
  }, [isPointless, navigate])
  return { filter, order, add, selection, go }
}

/** Picks every order of the filter, also those that are not loaded yet; as many as go on an invoice at once. */
export function usePickMatching(filter: FeedFilter, pick: (orders: OrderSummary[]) => void) {
  const client = useQueryClient()
  const [isPicking, setPicking] = useState(false)
  const pickMatching = async () => {
    const { key, fetch } = feedList(filter, MOST_AT_ONCE)
    setPicking(true)
    try {
      const page = await client.query({
        queryKey: [...key, 'matching'],
        queryFn: ({ signal }) => fetch(undefined, signal),
        staleTime: 0,
      })
      pick(page.data)
    } catch (failure) {
      toastProblem(failure as Problem)
    } finally {
      setPicking(false)
    }
  }
  return { isPicking, pickMatching: () => void pickMatching() }
}
