import { Button, Group } from '@mantine/core'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { count } from '@/lib/numbers'
import { FailedQuery } from '@/parts/FailedQuery'
import { FirstImport } from '@/parts/FirstImport'
import { paths } from '@/paths'
import { NothingYet } from '@/ui/Empty'
import { LinkIcon, WindowIcon } from '@/ui/icons'
import { SearchField } from '@/ui/SearchField'
import { PageHeader } from '@/ui/shell/PageHeader'
import { Waiting } from '@/ui/Waiting'
import { OrdersPerDay } from './OrdersPerDay'
import { STOREFRONTS, storefrontsOptions } from './queries'
import { StorefrontList } from './StorefrontList'
import { Totals } from './Totals'

/** Shared stores as the shop sees them: what waits for an invoice, in sum and per store. */
export function StorefrontsPage() {
  const { t } = useLingui()
  const totals = useQuery(storefrontsOptions)
  const { q = '' } = useSearch({ from: paths.storefronts })
  const navigate = useNavigate({ from: paths.storefronts })
  const search = (text: string) => {
    void navigate({ search: text ? { q: text } : {}, replace: true })
  }

  const { data } = totals
  const isWorking = data !== undefined && data.linked && data.shared_store_count > 0
  return (
    <>
      <PageHeader
        title={t`Storefronts`}
        {...(isWorking && {
          figure: (
            <Plural value={data.new_order_count} one="# order waits" other="# orders wait for an invoice" />
          ),
        })}
      />
      {totals.isPending && <Waiting rows={4} height={64} />}
      {!data && <FailedQuery query={totals} />}
      {data && !data.linked && <NotLinked />}
      {data?.linked && <FirstImport brings={STOREFRONTS} />}
      {data?.linked && data.shared_store_count === 0 && <NothingShared />}
      {isWorking && (
        <>
          <Totals of={data} />
          <OrdersPerDay days={data.orders_per_day} />
          <Group justify="space-between">
            <SearchField label={t`Search stores`} value={q} onSearch={search} />
            <span data-numeric>
              <Trans>{count(data.shared_store_count)} shared stores</Trans>
            </span>
          </Group>
          <StorefrontList
            q={q}
            onClear={() => {
              search('')
            }}
          />
        </>
      )}
    </>
  )
}

export function NotLinked() {
  return (
    <NothingYet
      icon={LinkIcon}
      title={<Trans>No accounts are linked</Trans>}
      words={<Trans>Link InkSoft and Printavo first; then the orders of your stores appear here.</Trans>}
      action={
        <Button mt="sm" renderRoot={(root) => <Link {...root} from={paths.workspace} to={paths.accounts} />}>
          <Trans>Go to Accounts</Trans>
        </Button>
      }
    />
  )
}

function NothingShared() {
  return (
    <NothingYet
      icon={WindowIcon}
      title={<Trans>No shared stores</Trans>}
      words={<Trans>A store appears here as soon as it shares its orders with Printavo.</Trans>}
      action={
        <Button mt="sm" renderRoot={(root) => <Link {...root} from={paths.workspace} to={paths.stores} />}>
          <Trans>Choose stores to share</Trans>
        </Button>
      }
    />
  )
}
