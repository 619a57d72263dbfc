import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { newQueryClient } from '@/api/query-client'
import { App } from '@/App'
import { startLanguage } from '@/lib/language'
import { newRouter } from '@/routes'
import { leaveWhenSignedOut } from '@/signed-out'

startLanguage()
const client = newQueryClient()
const router = newRouter(client)
leaveWhenSignedOut(client, router)

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no #root')
createRoot(place).render(
  <StrictMode>
    <App client={client} router={router} />
  </StrictMode>,
)
