import { CloseButton, Kbd, TextInput } from '@mantine/core'
import { useLingui } from '@lingui/react/macro'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useShortcut } from '@/lib/shortcuts'
import { useSettled } from '@/lib/waiting'
import { SearchIcon } from './icons'

interface SearchFieldProps {
  label: string
  /** What is searched for now: the address decides. */
  value: string
  onSearch: (text: string) => void
  /** `/` leads here; not in a dialog, where letters are taken. */
  isHot?: boolean
}

/** Searches when typing rests; `/` goes there from anywhere, Escape empties it. */
export function SearchField({ label, value, onSearch, isHot = true }: SearchFieldProps) {
  const { t } = useLingui()
  const field = useRef<HTMLInputElement>(null)
  const [typed, type] = useState(value)
  const [followed, follow] = useState(value)
  if (followed !== value) {
    follow(value)
    // The address changed by itself (back, a link): the field shows it. A space just typed at the end stays.
    if (value !== typed.trim()) type(value)
  }

  const settled = useSettled(typed)
  const search = useEffectEvent((text: string) => {
    if (text === typed.trim() && text !== value) onSearch(text)
  })
  useEffect(() => {
    search(settled.trim())
  }, [settled])

  useShortcut('/', () => field.current?.focus(), isHot)

  const clear = () => {
    type('')
    onSearch('')
    field.current?.focus()
  }
  return (
    <TextInput
      ref={field}
      type="search"
      role="searchbox"
      aria-label={label}
      aria-keyshortcuts={isHot ? '/' : undefined}
      placeholder={label}
      value={typed}
      w={{ base: '100%', xs: 300 }}
      leftSection={<SearchIcon />}
      rightSection={
        typed ? (
          <CloseButton size="sm" aria-label={t`Clear search`} onClick={clear} />
        ) : (
          isHot && <Kbd size="xs">/</Kbd>
        )
      }
      rightSectionPointerEvents={typed ? 'all' : 'none'}
      onChange={(event) => {
        type(event.currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && typed) clear()
      }}
    />
  )
}
