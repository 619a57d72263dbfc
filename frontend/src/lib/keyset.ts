import {
  type DefaultError,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryKey,
  useInfiniteQuery,
} from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'

/** One page of any list of the service. */
export interface Page<Row> {
  data: Row[]
  has_more: boolean
  next_cursor?: string | null
  total_count?: number | null
}

interface Source<Row> {
  key: QueryKey
  fetch: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row>>
}

/** A list read page by page with the service's cursors; `key` names the list with its filters. */
export function keysetOptions<Row>({ key, fetch }: Source<Row>) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetch(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => (last.has_more ? (last.next_cursor ?? undefined) : undefined),
    placeholderData: keepPreviousData,
  })
}

export interface KeysetList<Row> {
  rows: Row[]
  /** All rows that match, as far as the service counted; otherwise undefined. */
  total: number | undefined
  /** Nothing to show yet. */
  isFirstLoad: boolean
  /** What is shown belongs to the filters before, or is being read anew: dim it. */
  isStale: boolean
  isLoadingMore: boolean
  hasMore: boolean
  error: DefaultError | null
  loadMore: () => void
  retry: () => void
}

/** The rows read so far. A row that moved between two pages while they were read is shown once, at its later place. */
export function useKeysetList<Row extends { id: string }>(source: Source<Row>): KeysetList<Row> {
  const query = useInfiniteQuery(keysetOptions(source))
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage, refetch } = query

  const rows = useMemo(() => {
    const found = new Map<string, Row>()
    for (const row of data?.pages.flatMap((page) => page.data) ?? []) {
      found.delete(row.id)
      found.set(row.id, row)
    }
    return [...found.values()]
  }, [data])

  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage])
  const retry = useCallback(() => {
    void (isFetchNextPageError ? fetchNextPage() : refetch())
  }, [isFetchNextPageError, fetchNextPage, refetch])

  return {
    rows,
    total: data?.pages[0]?.total_count ?? undefined,
    isFirstLoad: query.isPending,
    isStale: query.isPlaceholderData || (query.isRefetching && !query.isFetchingNextPage),
    isLoadingMore: query.isFetchingNextPage,
    hasMore: hasNextPage,
    error: query.error,
    loadMore,
    retry,
  }
}
