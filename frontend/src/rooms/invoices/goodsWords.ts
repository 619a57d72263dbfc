import type { MessageDescriptor } from '@lingui/core'
import { i18n } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import type { GoodsCountRead, LinePurchasing } from '@/api/generated/types.gen'
import { count } from '@/lib/numbers'

type GoodsStatus = NonNullable<GoodsCountRead['status']>

const names: Record<GoodsStatus, MessageDescriptor> = {
  need_ordering: msg`needs ordering`,
  attached_to_po: msg`on a purchase order`,
  ordered: msg`ordered`,
  arrived: msg`arrived`,
  partially_received: msg`partially received`,
  received: msg`received`,
  in: msg`in`,
}

/** A status as people say it; the shop’s own words, if nobody explained them, as they are. */
export function goodsWords({ status, text }: Pick<GoodsCountRead, 'status' | 'text'>): string {
  if (status !== null) return i18n._(names[status])
  return text === '' ? t`not set` : t`“${text}”`
}

/** “3 of 5 received”. */
export function countWords(one: GoodsCountRead, of: number): string {
  const [pieces, all, words] = [count(one.pieces), count(of), goodsWords(one)]
  return t`${pieces} of ${all} ${words}`
}

/** What the side says that is not what is shown; nothing when the sides agree. */
export function overruledWords({
  overruled,
  printavo_status: status,
  inksoft,
}: LinePurchasing): string | null {
  if (overruled === null) return null
  if (overruled === 'printavo') {
    const words = goodsWords({ status, text: '' })
    return t`Printavo says: ${words}`
  }
  const texts = [...new Set(inksoft.flatMap((note) => note.texts))].map((text) => `“${text}”`).join(', ')
  return t`InkSoft says: ${texts}`
}
