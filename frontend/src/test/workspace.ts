import { http, HttpResponse } from 'msw'
import type { Link, LinkAttempt } from '@/api/generated/types.gen'
import { dana } from './answers'

const nothing = () => HttpResponse.json({ data: [], has_more: false, next_cursor: null, prev_cursor: null })

/** A workspace in which nothing is linked yet, as the service answers for it. */
export const emptyWorkspace = [
  http.get('*/v1/me', () => HttpResponse.json(dana)),
  http.get('*/v1/link', () => HttpResponse.json({ state: 'unlinked', health: { ok: true } } satisfies Link)),
  http.get('*/v1/connections', () => HttpResponse.json([])),
  http.get('*/v1/sync-runs', nothing),
  http.get('*/v1/sharing', () =>
    HttpResponse.json(
      { mode: 'none', selected_store_ids: [], excluded_store_ids: [], version: 1 },
      { headers: { ETag: '"1"' } },
    ),
  ),
  http.get('*/v1/stores', nothing),
  http.get('*/v1/storefronts', () =>
    HttpResponse.json({
      linked: false,
      currency: null,
      shared_store_count: 0,
      new_order_count: 0,
      attached_order_count: 0,
      waiting_piece_count: 0,
      waiting_amount: 0,
      oldest_waiting_order: null,
      orders_per_day: [],
    }),
  ),
  http.get('*/v1/storefronts/inksoft', nothing),
]

/** Two accounts that fit, verified and waiting for a yes. */
export const attempt: LinkAttempt = {
  id: '0192f0c4-7a10-7000-8000-00000000000a',
  inksoft: {
    external_id: '41001',
    account_name: 'Northside Print Co',
    plan: 'unlimited',
    currency: 'USD',
    store_uri: 'northside_main',
    is_main_store: true,
  },
  printavo: {
    external_id: '7001',
    account_name: 'Northside Production',
    plan: 'premium',
    currency: 'USD',
    user_email: 'office@northside.example',
    time_zone: 'America/Chicago',
  },
  currency: 'USD',
  share_orders_from: '2026-10-24T05:00:00.000Z',
  linked_before: false,
  expires_at: '2026-11-23T12:15:00.000Z',
}

const works = {
  state: 'active',
  state_since: '2026-11-01T09:30:00.000Z',
  checked_at: '2026-11-23T09:30:00.000Z',
} as const

/** The same two, linked. */
export const linked: Link = {
  id: '0192f0c4-7a10-7000-8000-00000000000b',
  state: 'linked',
  inksoft: { ...attempt.inksoft, ...works },
  printavo: { ...attempt.printavo, ...works },
  currency: 'USD',
  linked_at: '2026-11-01T09:30:00.000Z',
  linked_by: 'Dana Reyes',
  last_synced_at: '2026-11-23T09:25:00.000Z',
  share_orders_from: '2026-10-24T05:00:00.000Z',
  native_link: false,
  health: { ok: true },
}
