import type { InkSoftSignIn, PrintavoSignIn } from '@/api/generated/types.gen'

/** What is typed into the two forms. Which way in is chosen decides what is sent; the rest is never sent. */
export interface InkSoftTyped {
  way: 'key' | 'password'
  store: string
  key: string
  email: string
  password: string
}

export interface PrintavoTyped {
  way: 'password' | 'token'
  email: string
  password: string
  token: string
}

export const NO_INKSOFT: InkSoftTyped = { way: 'key', store: '', key: '', email: '', password: '' }
export const NO_PRINTAVO: PrintavoTyped = { way: 'password', email: '', password: '', token: '' }

/** `https://stores.inksoft.com/oak_ridge/shop` is the store `oak_ridge`: people paste the whole address. */
export function storeUri(typed: string): string {
  const path = typed.trim().replace(/^[a-z]+:\/\//i, '')
  const parts = path.split(/[/?#]/).filter(Boolean)
  return (parts.length > 1 || parts[0]?.includes('.') ? parts[1] : parts[0]) ?? ''
}

export function inksoftSignIn(typed: InkSoftTyped): InkSoftSignIn {
  const store_uri = storeUri(typed.store)
  if (typed.way === 'key') return { store_uri, api_key: typed.key.trim() }
  return { store_uri, email: typed.email.trim(), password: typed.password }
}

export function printavoSignIn(typed: PrintavoTyped): PrintavoSignIn {
  const email = typed.email.trim()
  return typed.way === 'password'
    ? { email, password: typed.password }
    : { email, api_token: typed.token.trim() }
}
