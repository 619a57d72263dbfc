import { locale } from './language'

/** A count as people read it: `12,480`. */
export function count(value: number): string {
  return new Intl.NumberFormat(locale()).format(value)
}
