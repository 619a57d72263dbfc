import type { ProofRead } from '@/api/generated/types.gen'

/** What the customer reads at the foot of the invoice: what Platen writes, and the tax that Printavo adds to it. */
export function invoiceTotal(proof: ProofRead): number {
  return proof.invoice_amount + proof.recomputed_tax_amount
}
