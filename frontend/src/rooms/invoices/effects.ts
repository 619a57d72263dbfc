import { type InvalidateQueryFilters, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { attachOrders, chooseInvoiceContact, createInvoice, retryInvoicePush } from '@/api/generated/sdk.gen'
import type {
  AttachRequest,
  InvoiceContactChange,
  InvoiceCreate,
  InvoiceRead,
} from '@/api/generated/types.gen'
import type { Problem } from '@/api/problem'
import { Attempt } from '@/lib/attempt'
import { contactMarkOptions, invoiceOptions } from './queries'

/** A new invoice, or more orders on the one that is named. */
export type Intent =
  { invoiceId: undefined; body: InvoiceCreate } | { invoiceId: string; body: AttachRequest }

/**
 * Every list of orders and invoices may be old after an attempt. A preview is not asked for again where the orders are,
 * or may be, on the invoice: it would only be refused, and stand in the way of a repeat with the same key.
 */
const ALL_BUT_PREVIEWS: InvalidateQueryFilters = { predicate: ({ queryKey }) => queryKey[1] !== 'preview' }

/** True when the service says that nothing was done; after a lost answer, or while the first try runs, nobody knows. */
function isRefused({ code, status }: Problem): boolean {
  return status >= 400 && status < 500 && code !== 'unexpected_answer' && code !== 'idempotency_key_in_flight'
}

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
      return client.invalidateQueries(ALL_BUT_PREVIEWS)
    },
    onError: (problem) => client.invalidateQueries(isRefused(problem) ? {} : ALL_BUT_PREVIEWS),
  })
}

interface Choice {
  /** Of the contact that was there when the choice was offered. */
  mark: string
  body: InvoiceContactChange
}

/**
 * Says who a store's invoices are made out to, from now on. Refused when somebody was faster: the preview then shows whom
 * they chose.
 */
export function useChooseContact(storeId: string) {
  const client = useQueryClient()
  const readAnew = () =>
    Promise.all(
      [['invoices', 'preview'], contactMarkOptions(storeId).queryKey].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
  return useMutation({
    mutationFn: async ({ mark, body }: Choice) =>
      (await chooseInvoiceContact({ path: { store_id: storeId }, body, headers: { 'If-Match': mark } })).data,
    onSuccess: readAnew,
    onError: ({ code }) => (code === 'precondition_failed' ? readAnew() : undefined),
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
