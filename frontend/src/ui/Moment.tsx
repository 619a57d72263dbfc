import { Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'
import { exactly, fromNow, untilItReadsDifferently } from '@/lib/moments'

/** A moment of the service (`…Z`) as distance from now; the exact time is in the tooltip and in the element. */
export function Moment({ at }: { at: string }) {
  const moment = new Date(at)
  const [now, tick] = useState(() => new Date())

  useEffect(() => {
    const timer = setTimeout(
      () => {
        tick(new Date())
      },
      untilItReadsDifferently(new Date(at), now),
    )
    return () => {
      clearTimeout(timer)
    }
  }, [at, now])

  return (
    <Tooltip label={exactly(moment)}>
      <time dateTime={at} data-numeric>
        {fromNow(moment, now)}
      </time>
    </Tooltip>
  )
}
