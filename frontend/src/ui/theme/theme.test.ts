import { describe, expect, it } from 'vitest'
import { contrast } from './contrast'
import { dark, light, readPairs, seenPairs } from './tokens'

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s colours', (_name, colours) => {
  it.each(readPairs)('%s on %s can be read (AA, 4.5)', (text, ground) => {
    expect(contrast(colours[text], colours[ground])).toBeGreaterThanOrEqual(4.5)
  })

  it.each(seenPairs)('%s on %s can be seen (AA, 3)', (edge, ground) => {
    expect(contrast(colours[edge], colours[ground])).toBeGreaterThanOrEqual(3)
  })
})

describe('contrast', () => {
  it('agrees with the definition at both ends', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#777777', '#777777')).toBe(1)
  })

  it('agrees with a published pair', () => {
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  })
})
