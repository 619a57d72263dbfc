import { PasswordInput, SegmentedControl, TextInput } from '@mantine/core'
import { useLingui } from '@lingui/react/macro'
import type { Problem } from '@/api/problem'
import type { PrintavoTyped } from './credentials'

interface FieldsProps {
  typed: PrintavoTyped
  onType: (typed: PrintavoTyped) => void
  problem: Problem | null
}

/** The way into a Printavo account: a user's e-mail with the password or that user's API token. */
export function PrintavoFields({ typed, onType, problem }: FieldsProps) {
  const { t } = useLingui()
  const field = (name: 'email' | 'password' | 'token', pointer: string) => ({
    required: true,
    withAsterisk: false,
    value: typed[name],
    error: problem?.messageAt(`/printavo/${pointer}`),
    onChange: (event: { currentTarget: { value: string } }) => {
      onType({ ...typed, [name]: event.currentTarget.value })
    },
  })
  return (
    <>
      <TextInput
        label={t`Printavo e-mail`}
        description={t`The user in whose name Platen reads and writes.`}
        type="email"
        autoComplete="off"
        {...field('email', 'email')}
      />
      <SegmentedControl
        aria-label={t`Way into Printavo`}
        value={typed.way}
        onChange={(way) => {
          onType({ ...typed, way: way === 'token' ? 'token' : 'password' })
        }}
        data={[
          { value: 'password', label: t`Password` },
          { value: 'token', label: t`API token` },
        ]}
      />
      {typed.way === 'password' ? (
        <PasswordInput
          label={t`Printavo password`}
          description={t`Used once to sign in, and stored nowhere.`}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t`Show Printavo password` }}
          {...field('password', 'password')}
        />
      ) : (
        <PasswordInput
          label={t`Printavo API token`}
          description={t`From My Account in Printavo.`}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t`Show Printavo API token` }}
          {...field('token', 'api_token')}
        />
      )}
    </>
  )
}
