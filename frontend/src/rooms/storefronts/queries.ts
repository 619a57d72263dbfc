import { queryOptions } from '@tanstack/react-query'
import {
  getInksoftStorefront,
  getOrder,
  getStorefronts,
  listInksoftStorefronts,
  listOrderFeed,
} from '@/api/generated/sdk.gen'
import type { View } from './views'

/** One answer holds no more orders, and one invoice takes no more at a time. */
export const MOST_AT_ONCE = 200

/** Everything of this room is read anew by this key. */
export const STOREFRONTS = ['storefronts'] as const

export const storefrontsOptions = queryOptions({
  queryKey: [...STOREFRONTS, 'totals'],
  queryFn: async ({ signal }) => (await getStorefronts({ signal })).data,
})

export function storefrontList(q: string) {
  return {
    key: [...STOREFRONTS, 'list', q],
    fetch: async (cursor: string | undefined, signal: AbortSignal) =>
      (await listInksoftStorefronts({ query: { q, limit: 100, cursor: cursor ?? null }, signal })).data,
  }
}

export const storefrontOptions = (storeId: string) =>
  queryOptions({
    queryKey: [...STOREFRONTS, 'one', storeId],
    queryFn: async ({ signal }) => (await getInksoftStorefront({ path: { store_id: storeId }, signal })).data,
  })

export interface FeedFilter {
  storeId: string
  view: View
  q: string
}

export function feedList({ storeId, view, q }: FeedFilter, limit = 100) {
  return {
    key: [...STOREFRONTS, 'feed', storeId, view, q, limit],
    fetch: async (cursor: string | undefined, signal?: AbortSignal) => {
      const query = { store_id: storeId, view, q, limit, cursor: cursor ?? null }
      return (await listOrderFeed({ query, signal: signal ?? null })).data
    },
  }
}

export const orderOptions = (orderId: string) =>
  queryOptions({
    queryKey: [...STOREFRONTS, 'order', orderId],
    queryFn: async ({ signal }) => (await getOrder({ path: { order_id: orderId }, signal })).data,
  })
