import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import {
  getInvoice,
  getInvoiceContact,
  listInvoices,
  listPrintavoContacts,
  previewInvoice,
} from '@/api/generated/sdk.gen'
import type { InvoiceRead } from '@/api/generated/types.gen'

/** True when nothing more happens by itself: it is in Printavo, or a person has to do something. */
export function isSettled({ push_state: state, revision, pushed_revision }: InvoiceRead): boolean {
  if (state === 'refused' || state === 'needs_human') return true
  return state === 'in_printavo' && pushed_revision >= revision
}

/** The invoice; asked for again until its way to Printavo has ended. */
export const invoiceOptions = (invoiceId: string) =>
  queryOptions({
    queryKey: ['invoices', 'one', invoiceId],
    queryFn: async ({ signal }) => (await getInvoice({ path: { invoice_id: invoiceId }, signal })).data,
    refetchInterval: ({ state: { data } }) => (data && !isSettled(data) ? 1_500 : false),
  })

/** Invoices that orders of this store can join (same store only), most recently created first. */
export const pickerOptions = (storeId: string, q: string) =>
  infiniteQueryOptions({
    queryKey: ['invoices', 'picker', storeId, q],
    queryFn: async ({ pageParam: cursor, signal }) =>
      (await listInvoices({ query: { store_id: storeId, q, cursor, limit: 25 }, signal })).data,
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  })

/** What the invoice would look like. It is a question, though it is asked by POST: nothing is written. */
export const previewOptions = (orderIds: readonly string[], invoiceId: string | undefined) =>
  queryOptions({
    queryKey: ['invoices', 'preview', invoiceId, orderIds],
    queryFn: async ({ signal }) => {
      const body = { order_ids: [...orderIds], invoice_id: invoiceId ?? null }
      return (await previewInvoice({ body, signal })).data
    },
    staleTime: 0,
    gcTime: 0,
    // What a person is about to confirm stands still under their eyes.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

/** The mark of the contact that the store has now: who chooses another one says by it which one they saw. */
export const contactMarkOptions = (storeId: string) =>
  queryOptions({
    queryKey: ['invoices', 'contact', storeId],
    queryFn: async ({ signal }) => {
      const { response } = await getInvoiceContact({ path: { store_id: storeId }, signal })
      return response.headers.get('ETag') ?? ''
    },
    staleTime: 0,
    gcTime: 0,
  })

/** The shop's own contacts, as Printavo finds them. */
export const contactsOptions = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['printavo-contacts', q],
    queryFn: async ({ pageParam: cursor, signal }) =>
      (await listPrintavoContacts({ query: { q, cursor }, signal })).data,
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  })
