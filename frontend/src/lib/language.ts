import { i18n } from '@lingui/core'
import { messages } from '@/locales/en.po'

/** The text of the screens. One language so far; the formats of numbers and dates follow the browser. */
export function startLanguage(): void {
  i18n.load('en', messages)
  i18n.activate('en')
}

/** The locale for `Intl`: the browser's own, so that a date reads as its reader expects. */
export function locale(): string {
  return navigator.language
}
