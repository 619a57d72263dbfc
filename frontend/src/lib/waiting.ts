import { useEffect, useState } from 'react'

/** True once `waiting` has lasted this long: a skeleton that flashes is worse than none. */
export function useLasting(waiting: boolean, milliseconds = 150): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!waiting) return
    const timer = setTimeout(() => {
      setLasting(true)
    }, milliseconds)
    return () => {
      clearTimeout(timer)
      setLasting(false)
    }
  }, [waiting, milliseconds])
  return waiting && lasting
}

/** The value once it has stood still this long: what is typed is asked for once, not per letter. */
export function useSettled<Value>(value: Value, milliseconds = 200): Value {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => {
      settle(value)
    }, milliseconds)
    return () => {
      clearTimeout(timer)
    }
  }, [value, milliseconds])
  return settled
}
