import { Checkbox } from '@mantine/core'
import { useLingui } from '@lingui/react/macro'
import { toastProblem } from '@/parts/toast'
import { useChangeLink } from './queries'

/** What was said on linking of the vendors’ own link, to be corrected once it was switched off over there (L7). */
export function NativeLink({ isOn }: { isOn: boolean }) {
  const { t } = useLingui()
  const change = useChangeLink()
  return (
    <Checkbox
      label={t`The vendors’ own InkSoft–Printavo link is on for these accounts`}
      description={t`Switch it off in Printavo, then take the tick away here.`}
      checked={isOn}
      disabled={change.isPending}
      onChange={(event) => {
        change.mutate({ native_link: event.currentTarget.checked }, { onError: toastProblem })
      }}
    />
  )
}
