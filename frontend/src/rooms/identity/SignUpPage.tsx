import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type SyntheticEvent, useState } from 'react'
import { paths } from '@/paths'
import { Door } from './Door'
import { RefusedNotice } from '@/parts/RefusedNotice'
import { useSignUp } from './queries'

/** The contract's rule for a password. */
const SHORTEST = 10
const NOTHING = { name: '', workspace_name: '', email: '', password: '' }

/** A person, and a workspace that they own. */
export function SignUpPage() {
  const { t } = useLingui()
  const { next } = useSearch({ from: paths.signUp })
  const navigate = useNavigate()
  const [typed, type] = useState(NOTHING)
  const [left, leave] = useState(false)
  const signUp = useSignUp()
  const tooShort = left && typed.password.length > 0 && typed.password.length < SHORTEST
  const wrongPassword = tooShort
    ? t`Use at least ${SHORTEST} characters.`
    : signUp.error?.messageAt('/password')

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    leave(true)
    if (typed.password.length < SHORTEST) return
    signUp.mutate(
      { ...typed, email: typed.email.trim() },
      { onSuccess: () => void navigate({ href: next ?? paths.home, replace: true }) },
    )
  }
  const field = (name: keyof typeof NOTHING) => ({
    required: true,
    withAsterisk: false,
    value: typed[name],
    error: signUp.error?.messageAt(`/${name}`),
    onChange: (event: { currentTarget: { value: string } }) => {
      type({ ...typed, [name]: event.currentTarget.value })
    },
  })
  return (
    <Door
      title={t`Create a workspace`}
      lead={<Trans>One workspace is one decorating business: its members, its stores, its link.</Trans>}
      foot={
        <Trans>
          Have an account?{' '}
          <Anchor inherit renderRoot={(link) => <Link {...link} to={paths.signIn} search={{ next }} />}>
            Sign in
          </Anchor>
        </Trans>
      }
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {signUp.error && <RefusedNotice problem={signUp.error} />}
          <TextInput
            label={t`Business name`}
            autoComplete="organization"
            maxLength={120}
            {...field('workspace_name')}
          />
          <TextInput label={t`Your name`} autoComplete="name" maxLength={120} {...field('name')} />
          <TextInput
            label={t`E-mail`}
            type="email"
            autoComplete="username"
            maxLength={254}
            {...field('email')}
          />
          <PasswordInput
            label={t`Password`}
            description={t`At least ${SHORTEST} characters; a few words are easiest to keep.`}
            autoComplete="new-password"
            maxLength={200}
            visibilityToggleButtonProps={{ 'aria-label': t`Show password` }}
            {...field('password')}
            onBlur={() => {
              leave(true)
            }}
            error={wrongPassword}
            aria-invalid={wrongPassword !== undefined} // Mantine leaves it out of this field
          />
          <Button type="submit" loading={signUp.isPending} fullWidth mt="xs">
            <Trans>Create workspace</Trans>
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
