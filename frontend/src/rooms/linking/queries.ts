import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeLink,
  confirmLinkAttempt,
  createLinkAttempt,
  disconnectInksoft,
  disconnectLink,
  disconnectPrintavo,
  getDisconnectionPreview,
  getLink,
  listConnections,
  listSyncRuns,
  reauthenticateLink,
  startSyncRun,
} from '@/api/generated/sdk.gen'
import type {
  LinkAttemptCreate,
  LinkChange,
  LinkConfirmation,
  Reauthentication,
} from '@/api/generated/types.gen'
import { Attempt } from '@/lib/attempt'

export type Side = 'inksoft' | 'printavo'

/** The link as it is; asked again now and then, because credentials and plans change without us. */
export const linkOptions = queryOptions({
  queryKey: ['link'],
  queryFn: async ({ signal }) => (await getLink({ signal })).data,
  refetchInterval: 30_000,
})

export const connectionsOptions = queryOptions({
  queryKey: ['connections'],
  queryFn: async ({ signal }) => (await listConnections({ signal })).data,
})

/** The newest reading of the stores; followed closely while it runs. */
export const latestRunOptions = queryOptions({
  queryKey: ['sync-runs', 'latest'],
  queryFn: async ({ signal }) => (await listSyncRuns({ query: { limit: 1 }, signal })).data.data[0] ?? null,
  // Right after linking there is none for a moment: the first one is waited for.
  refetchInterval: ({ state }) => (state.data === null || state.data?.state === 'running' ? 2_000 : 15_000),
})

export const disconnectionOptions = queryOptions({
  queryKey: ['link', 'disconnection-preview'],
  queryFn: async ({ signal }) => (await getDisconnectionPreview({ signal })).data,
  staleTime: 0,
})

/** Verifies both accounts; links nothing. */
export function useCheckAccounts() {
  return useMutation({
    mutationFn: async (body: LinkAttemptCreate) => (await createLinkAttempt({ body })).data,
  })
}

export function useConfirmLink() {
  const stale = useEverythingStale()
  const [attempt] = useState(() => new Attempt())
  return useMutation({
    mutationFn: async ({ id, ...body }: LinkConfirmation & { id: string }) => {
      const headers = { 'Idempotency-Key': attempt.keyFor({ id, body }) }
      return (await confirmLinkAttempt({ path: { attempt_id: id }, body, headers })).data
    },
    onSuccess: stale,
  })
}

/** Says whether the vendors’ own link is on: the answer is the link as it is then. */
export function useChangeLink() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: LinkChange) => (await changeLink({ body })).data,
    onSuccess: (link) => {
      client.setQueryData(linkOptions.queryKey, link)
    },
  })
}

export function useReauthenticate() {
  const stale = useEverythingStale()
  return useMutation({
    mutationFn: async (body: Reauthentication) => (await reauthenticateLink({ body })).data,
    onSuccess: stale,
  })
}

export function useDisconnectLink() {
  const stale = useEverythingStale()
  const [attempt] = useState(() => new Attempt())
  return useMutation({
    mutationFn: () => disconnectLink({ headers: { 'Idempotency-Key': attempt.keyFor(undefined) } }),
    onSuccess: () => {
      attempt.settle()
      return stale()
    },
  })
}

/** Closes a connection that stands alone. */
export function useDisconnectSide() {
  const stale = useEverythingStale()
  return useMutation({
    mutationFn: (side: Side) => (side === 'inksoft' ? disconnectInksoft() : disconnectPrintavo()),
    onSuccess: stale,
  })
}

export function useReadNow() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async () => (await startSyncRun()).data,
    onSuccess: (run) => {
      client.setQueryData(latestRunOptions.queryKey, run)
    },
  })
}

/** The link decides what every list shows. */
function useEverythingStale() {
  const client = useQueryClient()
  return () => client.invalidateQueries()
}
