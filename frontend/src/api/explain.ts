import { t } from '@lingui/core/macro'
import type { Problem } from './problem'

/** What a person is told. The service's own sentences are plain; we only add where it was silent or unheard. */
export function explain(problem: Problem): { title: string; words: string } {
  switch (problem.code) {
    case 'unreachable':
      return { title: t`No connection to Platen`, words: t`Check your network, then try again.` }
    case 'timed_out':
      return {
        title: t`No answer in time`,
        words: t`It may have been done all the same: look before you try again.`,
      }
    case 'unexpected_answer':
      return {
        title: t`Something went wrong`,
        words: t`Platen did not answer as it should. Try again in a moment.`,
      }
    case 'too_many_attempts':
      return { title: problem.title, words: waiting(problem) }
    default:
      return { title: problem.title, words: problem.detail }
  }
}

function waiting({ retryAfter, detail }: Problem): string {
  if (retryAfter === undefined) return detail
  const minutes = Math.ceil(retryAfter / 60)
  return minutes > 1
    ? t`Too many failed attempts. Try again in ${minutes} minutes.`
    : t`Too many failed attempts. Try again in a minute.`
}
