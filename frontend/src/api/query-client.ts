import { QueryClient } from '@tanstack/react-query'
import { mayPass } from './client'
import type { Problem } from './problem'

declare module '@tanstack/react-query' {
  interface Register {
    /** `call` lets nothing else out; a cancelled read never becomes an error of its query. */
    defaultError: Problem
  }
}

/** Server state. Reads are asked again when the failure may pass; effects only when a person says so. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, problem) => failures < 2 && mayPass(problem),
        retryDelay: (failures, problem) => (problem.retryAfter ?? 2 ** failures) * 1000,
      },
    },
  })
}
