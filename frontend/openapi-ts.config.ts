import { defineConfig } from '@hey-api/openapi-ts'

/** The service is known through its contract only; the generated folder is never edited. */
export default defineConfig({
  input: '../openapi/openapi.json',
  output: { path: 'src/api/generated', clean: true },
  plugins: [
    '@hey-api/typescript',
    { name: '@hey-api/client-fetch', runtimeConfigPath: '@/api/client', throwOnError: true },
    { name: '@hey-api/sdk' },
    { name: '@tanstack/react-query', queryOptions: true, infiniteQueryOptions: true, mutationOptions: true },
  ],
})
