import { plural, t } from '@lingui/core/macro'
import {
  type InfiniteData,
  type QueryClient,
  type QueryKey,
  useMutation,
  type UseMutationResult,
  useQueryClient,
} from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { changeSharing, shareStores } from '@/api/generated/sdk.gen'
import type { BulkSharingItem, SharingRead, StoreRead } from '@/api/generated/types.gen'
import type { Problem } from '@/api/problem'
import type { Page } from '@/lib/keyset'
import { toastProblem } from '@/parts/toast'
import { paths } from '@/paths'
import { toastDone, toastRefused } from '@/ui/toast'
import { type Sharing, sharingOf, sharingOptions, STORES } from './queries'
import { sharedInWords, sharingInWords } from './words'

/** As many stores as the service takes in one call. */
const AT_ONCE = 200
/** What the shop's side shows of shared stores, under the key of its room. */
const STOREFRONTS = ['storefronts']

interface Move {
  from: Sharing
  to: SharingRead['mode']
}

/** Changes the mode, at once on the screen. Refused when somebody was faster; then it is shown as it is now. */
export function useMoveSharing() {
  const client = useQueryClient()
  const headers = useHeaders()
  const { queryKey } = sharingOptions
  const move: UseMutationResult<Sharing, Problem, Move> = useMutation({
    mutationFn: async ({ from, to }) =>
      sharingOf(
        await changeSharing({ body: { mode: to }, headers: { ...headers(), 'If-Match': from.etag } }),
      ),
    onMutate: async ({ from, to }) => {
      await client.cancelQueries({ queryKey })
      client.setQueryData(queryKey, { ...from, mode: to })
    },
    onSuccess: (now, { from }) => {
      client.setQueryData(queryKey, now)
      toastDone(sharingInWords(now), () => {
        move.mutate({ from: now, to: from.mode })
      })
      return readAnew(client, [STORES, STOREFRONTS])
    },
    onError: (problem, { from }) => {
      client.setQueryData(queryKey, from)
      if (problem.code === 'precondition_failed') {
        const words = t`It is shown as it is now. Look at it, then decide again.`
        toastRefused(t`Somebody else changed the sharing`, words, problem.requestId)
      } else {
        toastProblem(problem)
      }
      return readAnew(client, [queryKey, STORES, STOREFRONTS])
    },
  })
  return move
}

interface Share {
  stores: readonly StoreRead[]
  shared: boolean
}

/** Shares these stores' orders or stops it, at once on the screen; each store may be refused by itself. */
export function useShareStores() {
  const client = useQueryClient()
  const headers = useHeaders()
  const share: UseMutationResult<BulkSharingItem[], Problem, Share> = useMutation({
    mutationFn: async ({ stores, shared }) => {
      const items: BulkSharingItem[] = []
      for (let start = 0; start < stores.length; start += AT_ONCE) {
        const store_ids = stores.slice(start, start + AT_ONCE).map(({ id }) => id)
        const { data } = await shareStores({ body: { store_ids, shared }, headers: headers() })
        items.push(...data.results)
      }
      return items
    },
    onMutate: async ({ stores, shared }) => {
      await client.cancelQueries({ queryKey: STORES })
      show(
        client,
        stores.map((store) => ({ ...store, shared })),
      )
    },
    onSuccess: (items, { stores, shared }) => {
      show(
        client,
        items.flatMap(({ data }) => data ?? []),
      )
      const done = stores.filter((_, index) => items[index]?.data)
      const changed = done.filter((store) => store.shared !== shared)
      const undo = () => {
        share.mutate({ stores: changed.map((store) => ({ ...store, shared })), shared: !shared })
      }
      if (done.length > 0) toastDone(sharedInWords(done, shared), changed.length > 0 ? undo : undefined)
      const refused = items.flatMap(({ problem }) => problem ?? [])
      tellRefused(refused)
      // The rows are known from the answer: none leaves a filtered table under the hand that changed it.
      return readAnew(client, [sharingOptions.queryKey, STOREFRONTS, ...(refused.length > 0 ? [STORES] : [])])
    },
    onError: (problem, { stores }) => {
      show(client, stores)
      toastProblem(problem)
      // Of several calls the first may have been done.
      return readAnew(client, [sharingOptions.queryKey, STOREFRONTS, STORES])
    },
  })
  return share
}

function tellRefused(problems: readonly { detail: string; request_id: string }[]) {
  const [first] = problems
  if (!first) return
  const title = plural(problems.length, {
    one: '# store could not be changed',
    other: '# stores could not be changed',
  })
  toastRefused(title, first.detail, first.request_id)
}

/** Puts these stores in place of what the lists show of them. */
function show(client: QueryClient, stores: readonly StoreRead[]) {
  const now = new Map(stores.map((store) => [store.id, store]))
  client.setQueriesData<InfiniteData<Page<StoreRead>>>(
    { queryKey: STORES },
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page) => ({ ...page, data: page.data.map((row) => now.get(row.id) ?? row) })),
      },
  )
}

function readAnew(client: QueryClient, keys: readonly QueryKey[]) {
  return Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
}

/** Names the workspace of this screen: an undo may be pressed when the address has moved on to another one. */
function useHeaders() {
  const { workspaceId } = useParams({ from: paths.workspace })
  return () => ({ 'Platen-Workspace': workspaceId, 'Idempotency-Key': crypto.randomUUID() })
}
