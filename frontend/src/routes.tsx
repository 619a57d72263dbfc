import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router'
import { lazy } from 'react'
import { Problem } from '@/api/problem'
import { BrokenRoute } from '@/BrokenRoute'
import { parseSearch, safeNext, stringifySearch } from '@/lib/url-state'
import { paths } from '@/paths'
import { Frame } from '@/rooms/identity/Frame'
import { meOptions } from '@/rooms/identity/queries'
import { LinkBanner } from '@/rooms/linking/LinkBanner'
import { feedSearch, storefrontsSearch } from '@/rooms/storefronts/views'
import { storesSearch } from '@/rooms/stores/search'
import { NotFoundPage } from '@/ui/LostPages'

/** Every route: the floor plan. A screen's code is loaded when it is first opened. */
interface Context {
  client: QueryClient
}

const root = createRootRouteWithContext<Context>()()

const home = createRoute({
  getParentRoute: () => root,
  path: paths.home,
  beforeLoad: async ({ context, location }) => {
    const [workspace] = (await enter(context, location.href)).workspaces
    if (workspace)
      throw redirect({ to: paths.accounts, params: { workspaceId: workspace.id }, replace: true })
  },
  component: lazyRouteComponent(() => import('@/rooms/identity/NoWorkspacePage'), 'NoWorkspacePage'),
})

/** Where to go on to after the door; another site's address is dropped. */
const door = (search: Record<string, unknown>): { next?: string | undefined } => ({
  next: safeNext(search.next),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: paths.signIn,
  validateSearch: door,
  component: lazyRouteComponent(() => import('@/rooms/identity/SignInPage'), 'SignInPage'),
})

const signUp = createRoute({
  getParentRoute: () => root,
  path: paths.signUp,
  validateSearch: door,
  component: lazyRouteComponent(() => import('@/rooms/identity/SignUpPage'), 'SignUpPage'),
})

const workspace = createRoute({
  getParentRoute: () => root,
  path: paths.workspace,
  beforeLoad: async ({ context, location, params }) => {
    const { workspaces } = await enter(context, location.href)
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way to say it
    if (!workspaces.some(({ id }) => id === params.workspaceId)) throw notFound()
  },
  component: () => <Frame banner={<LinkBanner />} />,
})

const workspaceHome = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: paths.accounts, params, replace: true })
  },
})

const accounts = createRoute({
  getParentRoute: () => workspace,
  path: 'accounts',
  component: lazyRouteComponent(() => import('@/rooms/linking/AccountsPage'), 'AccountsPage'),
})

const stores = createRoute({
  getParentRoute: () => workspace,
  path: 'stores',
  validateSearch: storesSearch,
  component: lazyRouteComponent(() => import('@/rooms/stores/StoresPage'), 'StoresPage'),
})

const storefronts = createRoute({
  getParentRoute: () => workspace,
  path: 'storefronts',
  validateSearch: storefrontsSearch,
  component: lazyRouteComponent(() => import('@/rooms/storefronts/StorefrontsPage'), 'StorefrontsPage'),
})

const StoreFeedPage = lazyRouteComponent(() => import('@/rooms/storefronts/StoreFeedPage'), 'StoreFeedPage')
const AddToInvoice = lazy(async () => ({
  default: (await import('@/rooms/invoices/AddToInvoice')).AddToInvoice,
}))

/** Two rooms that do not know each other: the feed picks orders, the invoices take them. */
function StoreFeed() {
  return <StoreFeedPage AddToInvoice={AddToInvoice} />
}

const storeFeed = createRoute({
  getParentRoute: () => workspace,
  path: 'storefronts/inksoft/$storeId',
  validateSearch: feedSearch,
  component: Object.assign(StoreFeed, { preload: StoreFeedPage.preload }),
})

const invoice = createRoute({
  getParentRoute: () => workspace,
  path: 'invoices/$invoiceId',
  component: lazyRouteComponent(() => import('@/rooms/invoices/InvoicePage'), 'InvoicePage'),
})

/** Who is signed in; whoever is not goes to sign-in, and comes back to where they wanted to be. */
async function enter({ client }: Context, wanted: string) {
  try {
    return await client.query({ ...meOptions, staleTime: 'static' })
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.code !== 'not_signed_in') throw failure
    throw redirect({ to: paths.signIn, search: { next: wanted === paths.home ? undefined : wanted } })
  }
}

const plan = root.addChildren([
  home,
  signIn,
  signUp,
  workspace.addChildren([workspaceHome, accounts, stores, storefronts, storeFeed, invoice]),
])

export function newRouter(client: QueryClient) {
  return createRouter({
    routeTree: plan,
    context: { client },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultNotFoundComponent: NotFoundPage,
    defaultErrorComponent: BrokenRoute,
    scrollRestoration: true,
    defaultPendingMs: 150,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>
  }
}
