import { PasswordInput, SegmentedControl, TextInput } from '@mantine/core'
import { useLingui } from '@lingui/react/macro'
import type { Problem } from '@/api/problem'
import type { InkSoftTyped } from './credentials'

interface FieldsProps {
  typed: InkSoftTyped
  onType: (typed: InkSoftTyped) => void
  problem: Problem | null
}

/** The way into an InkSoft account: store address with a key, or with a sign-in. */
export function InkSoftFields({ typed, onType, problem }: FieldsProps) {
  const { t } = useLingui()
  const field = (name: 'store' | 'key' | 'email' | 'password', pointer: string) => ({
    required: true,
    withAsterisk: false,
    value: typed[name],
    error: problem?.messageAt(`/inksoft/${pointer}`),
    onChange: (event: { currentTarget: { value: string } }) => {
      onType({ ...typed, [name]: event.currentTarget.value })
    },
  })
  return (
    <>
      <TextInput
        label={t`Store address`}
        description={t`The main store’s address, or its last part.`}
        placeholder="northside_main"
        autoComplete="off"
        spellCheck={false}
        {...field('store', 'store_uri')}
      />
      <SegmentedControl
        aria-label={t`Way into InkSoft`}
        value={typed.way}
        onChange={(way) => {
          onType({ ...typed, way: way === 'key' ? 'key' : 'password' })
        }}
        data={[
          { value: 'key', label: t`API key` },
          { value: 'password', label: t`E-mail and password` },
        ]}
      />
      {typed.way === 'key' ? (
        <PasswordInput
          label={t`InkSoft API key`}
          description={t`Lasts; a sign-in has to be repeated now and then.`}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t`Show InkSoft API key` }}
          {...field('key', 'api_key')}
        />
      ) : (
        <>
          <TextInput label={t`InkSoft e-mail`} type="email" autoComplete="off" {...field('email', 'email')} />
          <PasswordInput
            label={t`InkSoft password`}
            description={t`Used once to sign in, and stored nowhere.`}
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': t`Show InkSoft password` }}
            {...field('password', 'password')}
          />
        </>
      )}
    </>
  )
}
