import { explain } from '@/api/explain'
import type { Problem } from '@/api/problem'
import { toastRefused } from '@/ui/toast'

/** Says in a toast why something was not done, with the id to quote. */
export function toastProblem(problem: Problem): void {
  const { title, words } = explain(problem)
  toastRefused(title, words, problem.requestId)
}
