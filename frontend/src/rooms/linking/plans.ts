import type { Side } from './queries'

/** A vendor's plan as people know it: `unlimited` is InkSoft Unlimited. */
export function planName(side: Side, plan: string): string {
  const partner = side === 'inksoft' ? 'InkSoft' : 'Printavo'
  return `${partner} ${plan.charAt(0).toUpperCase()}${plan.slice(1)}`
}
