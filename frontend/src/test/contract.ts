import { readFileSync } from 'node:fs'
import type * as schemas from '@/api/generated/types.gen'

interface Contract {
  components: { schemas: Record<string, { examples?: unknown[] }> }
}

/** The contract lies beside the frontend, where the tests are started. */
const contract = JSON.parse(readFileSync('../openapi/openapi.json', 'utf8')) as Contract

interface Examples {
  OrderSummary: schemas.OrderSummary
  OrderDetail: schemas.OrderDetail
  StorefrontDetail: schemas.StorefrontDetail
  Storefronts: schemas.Storefronts
  SyncRun: schemas.SyncRun
  InvoiceSummary: schemas.InvoiceSummary
  PrintavoContact: schemas.PrintavoContact
  LinePurchasing: schemas.LinePurchasing
}

/** The example that the contract itself gives for a component, a fresh copy. */
export function example<Name extends keyof Examples>(name: Name): Examples[Name] {
  const found = contract.components.schemas[name]?.examples?.[0]
  if (found === undefined) throw new Error(`The contract has no example of ${name}`)
  return structuredClone(found) as Examples[Name]
}
