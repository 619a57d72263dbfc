import { describe, expect, it } from 'vitest'
import { Attempt } from './attempt'

describe('an attempt', () => {
  it('keeps its key while it says the same', () => {
    const attempt = new Attempt()
    expect(attempt.keyFor({ order_ids: ['a'] })).toBe(attempt.keyFor({ order_ids: ['a'] }))
  })

  it('takes another key for other content', () => {
    const attempt = new Attempt()
    expect(attempt.keyFor({ order_ids: ['a'] })).not.toBe(attempt.keyFor({ order_ids: ['a', 'b'] }))
  })

  it('takes another key once it is done', () => {
    const attempt = new Attempt()
    const first = attempt.keyFor(undefined)
    attempt.settle()
    expect(attempt.keyFor(undefined)).not.toBe(first)
  })
})
