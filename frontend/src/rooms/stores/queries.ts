import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { addStore, getSharing, listStores } from '@/api/generated/sdk.gen'
import type { SharingRead } from '@/api/generated/types.gen'
import type { Shown } from './search'

/** Every list of stores is read anew by this key. */
export const STORES = ['stores'] as const

export interface StoreFilter {
  q: string
  show: Shown | undefined
}

export function storeList({ q, show }: StoreFilter) {
  const shared = show === undefined ? null : show === 'shared'
  return {
    key: [...STORES, q, shared],
    fetch: async (cursor: string | undefined, signal: AbortSignal) =>
      (await listStores({ query: { q, shared, limit: 100, cursor: cursor ?? null }, signal })).data,
  }
}

/** How orders are shared, with the mark by which the service knows whether we saw its latest. */
export interface Sharing extends SharingRead {
  etag: string
}

export function sharingOf({ data, response }: { data: SharingRead; response: Response }): Sharing {
  return { ...data, etag: response.headers.get('ETag') ?? '' }
}

export const sharingOptions = queryOptions({
  queryKey: ['sharing'],
  queryFn: async ({ signal }) => sharingOf(await getSharing({ signal })),
})

/** Asks InkSoft for the store at an address, and keeps it. */
export function useAddStore() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (store_uri: string) => (await addStore({ body: { store_uri } })).data,
    onSuccess: () => client.invalidateQueries({ queryKey: STORES }),
  })
}
