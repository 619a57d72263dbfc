import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Me, SignIn, SignUp } from '@/api/generated/types.gen'
import { getMe, signIn, signOut, signUp } from '@/api/generated/sdk.gen'
import { paths } from '@/paths'

/** Who is signed in, and the workspaces they may enter. */
export const meOptions = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => (await getMe({ signal })).data,
  staleTime: 5 * 60_000,
})

export function useSignIn() {
  const greet = useGreeting()
  return useMutation({ mutationFn: async (body: SignIn) => (await signIn({ body })).data, onSuccess: greet })
}

export function useSignUp() {
  const greet = useGreeting()
  return useMutation({ mutationFn: async (body: SignUp) => (await signUp({ body })).data, onSuccess: greet })
}

/** Signs out and leaves for the door; nothing that was read stays in this browser. */
export function useSignOut() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => signOut(),
    onSuccess: async () => {
      await navigate({ to: paths.signIn })
      client.clear()
    },
  })
}

/** Whoever signs in starts with nothing of whoever was here before. */
function useGreeting() {
  const client = useQueryClient()
  return (me: Me) => {
    client.clear()
    client.setQueryData(meOptions.queryKey, me)
  }
}
