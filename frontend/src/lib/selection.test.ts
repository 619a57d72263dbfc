import { act, renderHook } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useSelection } from './selection'

const row = (id: string) => ({ id, pieces: 3 })

describe('a selection', () => {
  it('keeps rows of earlier pages and drops what is unpicked', () => {
    const { result } = renderHook(() => useSelection<{ id: string; pieces: number }>('new'))
    act(() => {
      result.current.set([row('a'), row('b')], true)
    })
    act(() => {
      result.current.set([row('c')], true)
      result.current.set([row('a')], false)
    })
    expect(result.current.rows.map(({ id }) => id)).toEqual(['b', 'c'])
    expect(result.current.has('a')).toBe(false)
  })

  it('starts empty in another view, and in the first one again', () => {
    const { result, rerender } = renderHook(
      ({ scope }) => useSelection<{ id: string; pieces: number }>(scope),
      {
        initialProps: { scope: 'new' },
      },
    )
    act(() => {
      result.current.set([row('a')], true)
    })
    rerender({ scope: 'changed' })
    expect(result.current.size).toBe(0)
    act(() => {
      result.current.set([row('z')], true)
    })
    expect(result.current.rows.map(({ id }) => id)).toEqual(['z'])
  })

  it('can be cleared', () => {
    const { result } = renderHook(() => useSelection<{ id: string; pieces: number }>('new'))
    act(() => {
      result.current.set([row('a')], true)
    })
    act(() => {
      result.current.clear()
    })
    expect(result.current.size).toBe(0)
  })
})
