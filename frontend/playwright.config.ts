import { defineConfig } from '@playwright/test'

/** Journeys against the running service, in the distribution's Chromium. `make test` starts the service and sets both. */
const url = process.env.PLATEN_URL
const chromium = process.env.CHROMIUM
if (!url || !chromium) throw new Error('PLATEN_URL and CHROMIUM say where the service and the browser are')

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    baseURL: url,
    locale: 'en-US',
    timezoneId: 'America/Chicago',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    },
  },
})
