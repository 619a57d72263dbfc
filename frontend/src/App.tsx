import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import type { newRouter } from '@/routes'
import { Theme } from '@/ui/theme/Theme'

interface AppProps {
  client: QueryClient
  router: ReturnType<typeof newRouter>
}

/** The product: language, colours, server state, routes. */
export function App({ client, router }: AppProps) {
  return (
    <I18nProvider i18n={i18n}>
      <Theme>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Theme>
    </I18nProvider>
  )
}
