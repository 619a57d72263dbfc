import { Skeleton, Stack } from '@mantine/core'
import { useLasting } from '@/lib/waiting'

/** The shape of something that is on its way; nothing for those who wait less than a blink. */
export function Waiting({ rows, height = 20 }: { rows: number; height?: number }) {
  const shown = useLasting(true)
  if (!shown) return null
  return (
    <Stack gap="sm" aria-hidden>
      {Array.from({ length: rows }, (_, at) => (
        <Skeleton key={at} height={height} radius="md" />
      ))}
    </Stack>
  )
}
