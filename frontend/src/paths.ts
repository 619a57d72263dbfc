/** Every address of the product, as the routes and the links name them. */
export const paths = {
  home: '/',
  signIn: '/sign-in',
  signUp: '/sign-up',
  workspace: '/w/$workspaceId',
  accounts: '/w/$workspaceId/accounts',
  stores: '/w/$workspaceId/stores',
  storefronts: '/w/$workspaceId/storefronts',
  storeFeed: '/w/$workspaceId/storefronts/inksoft/$storeId',
  invoice: '/w/$workspaceId/invoices/$invoiceId',
} as const
