import { useEffect, useEffectEvent } from 'react'

const TYPING = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]'
const LAYER = '[role=dialog], [role=menu], [role=listbox]'

/** True where a letter is text, or where a dialog or an open menu has the keyboard. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true
  const target = event.target instanceof Element ? event.target : document.body
  return target.closest(TYPING) !== null || document.querySelector(LAYER) !== null
}

/** One letter for the whole screen: `useShortcut('a', attach)`. It never takes a key from a field or a dialog. */
export function useShortcut(key: string, act: () => void, enabled = true): void {
  const run = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== key || isTaken(event)) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    if (!enabled) return
    const listen = (event: KeyboardEvent) => {
      run(event)
    }
    document.addEventListener('keydown', listen)
    return () => {
      document.removeEventListener('keydown', listen)
    }
  }, [enabled])
}
