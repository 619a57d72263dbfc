import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { newQueryClient } from '@/api/query-client'
import { App } from '@/App'
import { newRouter } from '@/routes'
import { leaveWhenSignedOut } from '@/signed-out'

/** The whole product at one address, as a browser opens it; the service is what the test says (`api.use`). */
export function visit(address: string) {
  window.history.replaceState(null, '', address)
  const client = newQueryClient()
  const router = newRouter(client)
  leaveWhenSignedOut(client, router)
  render(<App client={client} router={router} />)
  return { user: userEvent.setup(), router, client }
}
