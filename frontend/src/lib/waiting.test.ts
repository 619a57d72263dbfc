import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useLasting, useSettled } from './waiting'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (milliseconds: number) => {
  act(() => {
    vi.advanceTimersByTime(milliseconds)
  })
}

describe('waiting that lasts', () => {
  it('shows after 150 ms, not before', () => {
    const { result } = renderHook(() => useLasting(true))
    pass(149)
    expect(result.current).toBe(false)
    pass(1)
    expect(result.current).toBe(true)
  })

  it('never shows for a quick answer, and counts anew for the next one', () => {
    const { result, rerender } = renderHook(({ waiting }) => useLasting(waiting), {
      initialProps: { waiting: true },
    })
    pass(100)
    rerender({ waiting: false })
    pass(100)
    rerender({ waiting: true })
    pass(100)
    expect(result.current).toBe(false)
  })
})

describe('a settled value', () => {
  it('follows only when typing stops', () => {
    const { result, rerender } = renderHook(({ value }) => useSettled(value), {
      initialProps: { value: 'o' },
    })
    for (const value of ['oa', 'oak']) {
      rerender({ value })
      pass(150)
      expect(result.current).toBe('o')
    }
    pass(50)
    expect(result.current).toBe('oak')
  })
})
