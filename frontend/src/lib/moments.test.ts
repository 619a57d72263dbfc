import { describe, expect, it } from 'vitest'
import { day, exactly, fromNow, isoDay, untilItReadsDifferently } from './moments'

const now = new Date('2026-11-23T12:00:00Z')
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000)

describe('fromNow', () => {
  it.each([
    [0, 'now'],
    [9, 'now'],
    [45, '45 seconds ago'],
    [60, '1 minute ago'],
    [59 * 60, '59 minutes ago'],
    [3600, '1 hour ago'],
    [86_400, 'yesterday'],
    [6 * 86_400, '6 days ago'],
    [7 * 86_400, 'last week'],
    [40 * 86_400, 'last month'],
    [400 * 86_400, 'last year'],
    [-120, 'in 2 minutes'],
  ])('%i seconds back reads %s', (seconds, words) => {
    expect(fromNow(before(seconds), now)).toBe(words)
  })
})

describe('exactly', () => {
  it('names day, second and zone of the reader', () => {
    expect(exactly(now).replaceAll('\u202f', ' ')).toBe('Monday, November 23, 2026 at 6:00:00 AM CST')
  })
})

describe('day', () => {
  it('is the day where the reader is', () => {
    expect(day(new Date('2026-11-24T04:00:00Z'))).toBe('Nov 23, 2026')
  })
})

describe('isoDay', () => {
  it('is the day of the shop, wherever its reader sits', () => {
    const lateEvening = new Date('2026-11-24T04:30:00Z')
    expect(isoDay(lateEvening, 'America/Chicago')).toBe('2026-11-23')
    expect(isoDay(lateEvening, 'Europe/Berlin')).toBe('2026-11-24')
  })
})

describe('untilItReadsDifferently', () => {
  it('ticks less often the older a moment is', () => {
    expect([30, 600, 90_000].map((seconds) => untilItReadsDifferently(before(seconds), now))).toEqual([
      10_000, 60_000, 600_000,
    ])
  })
})
