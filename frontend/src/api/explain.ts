import { t } from '@lingui/core/macro'
import type {
  AlreadyLinkedProblem,
  CurrencyMismatchProblem,
  DoesNotAddUpProblem,
  InvalidCredentialsProblem,
  OrderAlreadyAttachedProblem,
  OrderNotSharedProblem,
  PlanNotEligibleProblem,
  TooManyAttemptsProblem,
} from '@/api/generated/types.gen'
import type { LocalCode, Problem } from './problem'

/** The problems that we say more about than their own sentence. A code that leaves the contract no longer compiles. */
type Told =
  | AlreadyLinkedProblem
  | CurrencyMismatchProblem
  | DoesNotAddUpProblem
  | InvalidCredentialsProblem
  | OrderAlreadyAttachedProblem
  | OrderNotSharedProblem
  | PlanNotEligibleProblem
  | TooManyAttemptsProblem

const partners = { inksoft: 'InkSoft', printavo: 'Printavo' } as const
const neededPlans = { inksoft: 'Unlimited', printavo: 'Premium' } as const

/** What a person is told. The service's own sentences are plain; we add what it knows of this very case. */
export function explain(problem: Problem): { title: string; words: string } {
  const { title, detail } = problem
  const told = { code: problem.code, ...problem.extra } as Told | { code: LocalCode }
  switch (told.code) {
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
    case 'too_many_attempts': {
      const minutes = Math.ceil((told.retry_after || (problem.retryAfter ?? 60)) / 60)
      const words = minutes > 1 ? t`Try again in ${minutes} minutes.` : t`Try again in a minute.`
      return { title: t`Too many failed attempts`, words }
    }
    case 'invalid_credentials': {
      const partner = partners[told.side]
      return { title: t`Could not sign in to ${partner}`, words: detail }
    }
    case 'plan_not_eligible': {
      const [partner, needed, plan] = [partners[told.side], neededPlans[told.side], told.plan]
      const words = plan
        ? t`This ${partner} account is on the plan ${plan}. The link needs ${needed}. Nothing was linked.`
        : t`The link needs ${partner} ${needed}. Nothing was linked.`
      return { title: t`The ${partner} plan is too low`, words }
    }
    case 'already_linked': {
      const partner = partners[told.side]
      return { title: t`This ${partner} account is linked already`, words: detail }
    }
    case 'currency_mismatch': {
      const { inksoft_currency: store, printavo_currency: shop } = told
      return {
        title: t`Two currencies`,
        words: t`InkSoft is in ${store}, Printavo in ${shop}. They cannot be linked.`,
      }
    }
    case 'order_already_attached': {
      const lines = told.orders.map(({ order_number: order, invoice_number: number, attached_by: by }) =>
        number
          ? t`Order ${order} is on invoice ${number}, put there by ${by}.`
          : t`Order ${order} was taken by ${by}.`,
      )
      return {
        title: t`Somebody was faster`,
        words: [...lines.slice(0, 5), t`Nothing was changed.`].join(' '),
      }
    }
    case 'order_not_shared': {
      const numbers = told.orders.map((order) => order.order_number).join(', ')
      return { title, words: t`These orders cannot go on an invoice: ${numbers}. Nothing was changed.` }
    }
    case 'does_not_add_up': {
      const numbers = told.order_numbers.join(', ')
      return { title: t`The sums do not agree`, words: t`${detail} Orders: ${numbers}.` }
    }
    default:
      return { title, words: detail }
  }
}

/** The side of the link that a refusal is about, to say it at that side's form. */
export function sideOf(problem: Problem): 'inksoft' | 'printavo' | undefined {
  const { side } = problem.extra
  return side === 'inksoft' || side === 'printavo' ? side : undefined
}
