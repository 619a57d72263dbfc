import { plural, t } from '@lingui/core/macro'
import type { SharingRead } from '@/api/generated/types.gen'

/** How orders are shared, in a sentence. */
export function sharingInWords({
  mode,
  selected_store_ids: selected,
  excluded_store_ids: excluded,
}: Pick<SharingRead, 'mode' | 'selected_store_ids' | 'excluded_store_ids'>): string {
  if (mode === 'all') {
    return plural(excluded.length, {
      0: 'Every store shares its orders, also stores that are created later.',
      one: 'Every store but # shares its orders, also stores that are created later.',
      other: 'Every store but # shares its orders, also stores that are created later.',
    })
  }
  const count = mode === 'selected' ? selected.length : 0
  return count === 0
    ? t`No store shares its orders.`
    : plural(count, { one: '# store shares its orders.', other: '# stores share their orders.' })
}

/** What was done to these stores. */
export function sharedInWords(stores: readonly { name: string }[], shared: boolean): string {
  const [only] = stores
  if (only && stores.length === 1) {
    const { name } = only
    return shared
      ? t`${name} shares its orders with Printavo.`
      : t`${name} no longer shares its orders. Those on invoices stay.`
  }
  return shared
    ? plural(stores.length, {
        one: '# store shares its orders with Printavo.',
        other: '# stores share their orders with Printavo.',
      })
    : plural(stores.length, {
        one: '# store no longer shares its orders. Those on invoices stay.',
        other: '# stores no longer share their orders. Those on invoices stay.',
      })
}
