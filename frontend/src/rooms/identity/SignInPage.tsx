import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type SyntheticEvent, useState } from 'react'
import { paths } from '@/paths'
import { Door } from './Door'
import { RefusedNotice } from '@/parts/RefusedNotice'
import { useSignIn } from './queries'

/** Sign-in with e-mail and password; goes on to where the person wanted to be. */
export function SignInPage() {
  const { t } = useLingui()
  const { next } = useSearch({ from: paths.signIn })
  const navigate = useNavigate()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useSignIn()

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    signIn.mutate(
      { email: email.trim(), password },
      {
        onSuccess: () => void navigate({ href: next ?? paths.home, replace: true }),
        onError: () => {
          setPassword('')
        },
      },
    )
  }
  return (
    <Door
      title={t`Sign in`}
      lead={<Trans>Store orders on the shop’s invoices.</Trans>}
      foot={
        <Trans>
          New here?{' '}
          <Anchor inherit renderRoot={(link) => <Link {...link} to={paths.signUp} search={{ next }} />}>
            Create a workspace
          </Anchor>
        </Trans>
      }
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {signIn.error && <RefusedNotice problem={signIn.error} />}
          <TextInput
            label={t`E-mail`}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => {
              setEmail(event.currentTarget.value)
            }}
            error={signIn.error?.messageAt('/email')}
          />
          <PasswordInput
            label={t`Password`}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => {
              setPassword(event.currentTarget.value)
            }}
            visibilityToggleButtonProps={{ 'aria-label': t`Show password` }}
          />
          <Button type="submit" loading={signIn.isPending} fullWidth mt="xs">
            <Trans>Sign in</Trans>
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
