import { Group, Progress, Stack, Text } from '@mantine/core'
import { useLingui } from '@lingui/react/macro'
import { useId } from 'react'
import { count } from '@/lib/numbers'

interface LongWorkProps {
  /** What is being done: "Importing orders". */
  label: string
  done: number
  /** Unknown at first: the bar then only shows that something moves. */
  total?: number | undefined
}

/** Work that takes its time, with how far it is in figures. */
export function LongWork({ label, done, total }: LongWorkProps) {
  const { t } = useLingui()
  const id = useId()
  const known = total !== undefined && total > 0
  const share = known ? Math.min(100, (done / total) * 100) : 100
  const words = known ? t`${count(done)} of ${count(total)}` : count(done)
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="md">
        <Text id={id} size="sm" fw={550}>
          {label}
        </Text>
        <Text size="sm" c="dimmed" data-numeric>
          {words}
        </Text>
      </Group>
      <Progress.Root size="sm">
        <Progress.Section
          value={share}
          striped={!known}
          animated={!known}
          withAria={false}
          role="progressbar"
          aria-labelledby={id}
          aria-valuetext={words}
          {...(known && {
            'aria-valuemin': 0,
            'aria-valuemax': total,
            'aria-valuenow': Math.min(done, total),
          })}
        />
      </Progress.Root>
    </Stack>
  )
}
