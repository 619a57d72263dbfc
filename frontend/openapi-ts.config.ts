import { defineConfig } from '@hey-api/openapi-ts'

/** The service is known through its contract only; the generated folder is never edited and never committed. */
export default defineConfig({
  input: '../openapi/openapi.json',
  output: { path: 'src/api/generated', clean: true },
  plugins: [
    '@hey-api/typescript',
    { name: '@hey-api/client-fetch', runtimeConfigPath: '@/api/client', throwOnError: true },
    '@hey-api/sdk',
  ],
})
