import { readFileSync } from 'node:fs'
import { defineConfig } from '@hey-api/openapi-ts'

interface Operation {
  parameters?: { name: string }[]
}

const contract = JSON.parse(readFileSync('../openapi/openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, Operation>>
}

// api/client.ts names the workspace of the address in every call; no caller has to.
for (const operation of Object.values(contract.paths).flatMap((path) => Object.values(path))) {
  operation.parameters = operation.parameters?.filter(({ name }) => name !== 'Platen-Workspace') ?? []
}

/** The service is known through its contract only; the generated folder is never edited and never committed. */
export default defineConfig({
  input: contract,
  output: { path: 'src/api/generated', clean: true },
  plugins: [
    '@hey-api/typescript',
    { name: '@hey-api/client-fetch', runtimeConfigPath: '@/api/client', throwOnError: true },
    '@hey-api/sdk',
  ],
})
