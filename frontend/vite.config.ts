import { fileURLToPath } from 'node:url'
import { lingui } from '@lingui/vite-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** Where the API listens while the SPA is served by Vite. In `make up` the API serves `dist/` itself. */
const api = process.env.PLATEN_API ?? 'http://localhost:8000'

export default defineConfig({
  plugins: [react({ babel: { plugins: ['@lingui/babel-plugin-lingui-macro'] } }), lingui()],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  // The service takes unsafe calls from its own origin only: the proxy speaks as if the page came from there.
  server: { port: 5173, strictPort: true, proxy: { '/v1': { target: api, headers: { origin: api } } } },
  build: {
    target: 'es2022',
    manifest: true, // read by .size-limit.js
    chunkSizeWarningLimit: 700, // in raw kB; the budget that counts is .size-limit.js
    assetsInlineLimit: 0, // a strict Content-Security-Policy allows no data: addresses
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/entry-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://localhost:3000/' } },
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
    testTimeout: 20_000, // whole journeys, on two shared cores
    restoreMocks: true,
    unstubGlobals: true,
    env: { TZ: 'America/Chicago' },
  },
})
