import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { attachOrders, chooseInvoiceContact, createInvoice, retryInvoicePush } from '@/api/generated/sdk.gen'
import type {
  AttachRequest,
  InvoiceContactChange,
  InvoiceCreate,
  InvoiceRead,
} from '@/api/generated/types.gen'
import { Attempt } from '@/lib/attempt'
import { invoiceOptions } from './queries'

/** A new invoice, or more orders on the one that is named. */
export type Intent =
  { invoiceId: undefined; body: InvoiceCreate } | { invoiceId: string; body: AttachRequest }

/**
 * Puts the orders on the invoice, all or none. One intent keeps one `Idempotency-Key` until it is done: after a lost
 * answer the same click does it once, never twice.
 */
export function useAddOrders() {
  const client = useQueryClient()
  const [attempt] = useState(() => new Attempt())
  return useMutation({
    mutationFn: async (intent: Intent) => {
      const headers = { 'Idempotency-Key': attempt.keyFor(intent) }
      const { invoiceId, body } = intent
      if (invoiceId === undefined) return (await createInvoice({ body, headers })).data
      return (await attachOrders({ path: { invoice_id: invoiceId }, body, headers })).data
    },
    onSuccess: (invoice) => {
      attempt.settle()
      client.setQueryData(invoiceOptions(invoice.id).queryKey, invoice)
      // Every list of orders and invoices is old now. The preview has done its work: it would only be refused.
      return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'preview' })
    },
    // Refused because somebody was faster, or unheard: what is shown may be old.
    onError: () => client.invalidateQueries(),
  })
}

/** Says who a store's invoices are made out to, from now on. */
export function useChooseContact(storeId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: InvoiceContactChange) =>
      (await chooseInvoiceContact({ path: { store_id: storeId }, body })).data,
    onSuccess: () => client.invalidateQueries({ queryKey: ['invoices', 'preview'] }),
  })
}

/** Tries the push again, after what stopped it was put right. */
export function useRetryPush(invoiceId: string) {
  const client = useQueryClient()
  const [attempt] = useState(() => new Attempt())
  return useMutation({
    mutationFn: async () => {
      const headers = { 'Idempotency-Key': attempt.keyFor(invoiceId) }
      return (await retryInvoicePush({ path: { invoice_id: invoiceId }, headers })).data
    },
    onSuccess: (invoice: InvoiceRead) => {
      attempt.settle()
      client.setQueryData(invoiceOptions(invoiceId).queryKey, invoice)
    },
  })
}
