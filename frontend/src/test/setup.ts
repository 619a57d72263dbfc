import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { notifications } from '@mantine/notifications'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { startLanguage } from '@/lib/language'
import { api } from './api'
import './browser'
import { complaints } from './complaints'

// Screens are loaded when they are opened; on a busy machine that takes a while.
configure({ asyncUtilTimeout: 5_000 })

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
  expect(complaints.splice(0)).toEqual([])
})

afterAll(() => {
  api.close()
})
