import type { QueryClient } from '@tanstack/react-query'
import { onSignedOut } from '@/api/client'
import { paths } from '@/paths'
import type { newRouter } from '@/routes'

/** When the session ends under an open screen: to sign-in, and back to this address afterwards. */
export function leaveWhenSignedOut(client: QueryClient, router: ReturnType<typeof newRouter>): void {
  onSignedOut(() => {
    // A navigation on its way asks for itself who is signed in.
    if (router.state.status === 'pending' || router.state.location.pathname === paths.signIn) return
    const next = router.state.location.href
    void router.navigate({ to: paths.signIn, search: { next } }).then(() => {
      client.clear()
    })
  })
}
