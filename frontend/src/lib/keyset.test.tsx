import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { type Page, useKeysetList } from './keyset'

interface Row {
  id: string
}

/** A list of the service: pages by cursor, and a count of what was asked. */
function serviceOf(pages: Record<string, Page<Row> | Error>) {
  const asked: string[] = []
  const fetch = (cursor = 'first') => {
    asked.push(cursor)
    const page = pages[cursor]
    return page instanceof Error || !page ? Promise.reject(page ?? new Error(cursor)) : Promise.resolve(page)
  }
  return { asked, pages, fetch }
}

function listed(service: ReturnType<typeof serviceOf>) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  )
  return renderHook(({ q }) => useKeysetList<Row>({ key: ['orders', q], fetch: service.fetch }), {
    wrapper,
    initialProps: { q: '' },
  })
}

const page = (letters: string, next?: string): Page<Row> => ({
  data: letters.split(' ').map((id) => ({ id })),
  has_more: next !== undefined,
  next_cursor: next ?? null,
  total_count: 4,
})
const ids = (rows: Row[]) => rows.map(({ id }) => id).join('')

describe('a keyset list', () => {
  it('reads page after page until there are no more', async () => {
    const service = serviceOf({ first: page('a b', 'second'), second: page('c d') })
    const { result } = listed(service)
    expect(result.current.isFirstLoad).toBe(true)
    await waitFor(() => {
      expect(ids(result.current.rows)).toBe('ab')
    })
    expect(result.current).toMatchObject({ hasMore: true, total: 4 })
    act(() => {
      result.current.loadMore()
    })
    await waitFor(() => {
      expect(ids(result.current.rows)).toBe('abcd')
    })
    act(() => {
      result.current.loadMore()
    })
    expect(service.asked).toEqual(['first', 'second'])
  })

  it('shows a row once that moved while the pages were read', async () => {
    const { result } = listed(serviceOf({ first: page('a b', 'second'), second: page('b c') }))
    await waitFor(() => {
      expect(result.current.hasMore).toBe(true)
    })
    act(() => {
      result.current.loadMore()
    })
    await waitFor(() => {
      expect(ids(result.current.rows)).toBe('abc')
    })
  })

  it('keeps the rows when a later page fails, waits for a person, and goes on from there', async () => {
    const service = serviceOf({ first: page('a b', 'second'), second: new Error('busy') })
    const { result } = listed(service)
    await waitFor(() => {
      expect(result.current.hasMore).toBe(true)
    })
    act(() => {
      result.current.loadMore()
    })
    await waitFor(() => {
      expect(result.current.error?.message).toBe('busy')
    })
    act(() => {
      result.current.loadMore()
    })
    expect(service.asked).toEqual(['first', 'second'])
    expect(ids(result.current.rows)).toBe('ab')

    service.pages.second = page('c d')
    act(() => {
      result.current.retry()
    })
    await waitFor(() => {
      expect(ids(result.current.rows)).toBe('abcd')
    })
  })

  it('keeps the old rows, marked as stale, while other filters are asked', async () => {
    const service = serviceOf({ first: page('a b') })
    const { result, rerender } = listed(service)
    await waitFor(() => {
      expect(ids(result.current.rows)).toBe('ab')
    })
    service.pages.first = page('z')
    rerender({ q: 'oak' })
    expect(result.current).toMatchObject({ isStale: true, isFirstLoad: false })
    expect(ids(result.current.rows)).toBe('ab')
    await waitFor(() => {
      expect(ids(result.current.rows)).toBe('z')
    })
    expect(result.current.isStale).toBe(false)
  })
})
