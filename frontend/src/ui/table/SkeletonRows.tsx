import { Skeleton } from '@mantine/core'
import { useLasting } from '@/lib/waiting'

const WIDTHS = ['70%', '50%', '85%', '60%', '75%', '55%', '80%', '65%']

/** The shape of a list that is on its way; not shown to those who wait less than a blink. */
export function SkeletonRows({ columns }: { columns: number }) {
  const shown = useLasting(true)
  if (!shown) return null
  return WIDTHS.map((width) => (
    <tr key={width} aria-hidden data-skeleton>
      <td colSpan={columns}>
        <Skeleton height={10} width={width} radius="xl" />
      </td>
    </tr>
  ))
}
