import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/react'
import { notifications } from '@mantine/notifications'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { startLanguage } from '@/lib/language'
import { api } from './api'
import './browser'

beforeAll(() => {
  api.listen({ onUnhandledRequest: 'error' })
})

beforeEach(() => {
  startLanguage()
})

afterEach(() => {
  cleanup()
  notifications.clean()
  api.resetHandlers()
})

afterAll(() => {
  api.close()
})
