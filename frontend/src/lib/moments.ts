import { locale } from './language'

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 7],
  ['week', 4.348],
  ['month', 12],
  ['year', Infinity],
]

/** How far away a moment is, in the largest unit that fits: `3 minutes ago`, `in 2 days`. Under ten seconds it is `now`. */
export function fromNow(at: Date, now: Date): string {
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' })
  let distance = (at.getTime() - now.getTime()) / 1000
  if (Math.abs(distance) < 10) return words.format(0, 'second')
  for (const [unit, size] of STEPS) {
    const whole = Math.round(distance)
    if (Math.abs(whole) < size) return words.format(whole, unit)
    distance /= size
  }
  return words.format(Math.round(distance), 'year')
}

/** The moment to the second, with its zone, for tooltips. */
export function exactly(at: Date): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: 'long' }).format(at)
}

/** The day alone, here or at a place: `Nov 23, 2026`. */
export function day(at: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', ...(timeZone && { timeZone }) }).format(at)
}

/** The calendar day of a moment at a place, as forms and the service write it: `2026-11-23`. */
export function isoDay(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const found = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${found.year}-${found.month}-${found.day}`
}

/** Milliseconds until the words of `fromNow` can change, so that a clock ticks no more than it must. */
export function untilItReadsDifferently(at: Date, now: Date): number {
  const distance = Math.abs(at.getTime() - now.getTime())
  if (distance < 60_000) return 10_000
  return distance < 3_600_000 ? 60_000 : 600_000
}
