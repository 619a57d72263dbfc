import { Button } from '@mantine/core'
import { screen, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { expectAccessible, show } from '@/test/show'
import { Failed, NothingMatches, NothingYet } from './Empty'

describe('the three kinds of empty', () => {
  it('never had data: says the next step', async () => {
    show(
      <NothingYet
        title="No orders yet"
        words="Share a store first."
        action={<Button>Go to Stores</Button>}
      />,
    )
    expect(screen.getByRole('heading', { name: 'No orders yet' })).toBeVisible()
    expect(screen.getByRole('button', { name: 'Go to Stores' })).toBeVisible()
    await expectAccessible()
  })

  it('nothing matches: clears', async () => {
    const onClear = vi.fn()
    const { user } = show(<NothingMatches onClear={onClear} />)
    await user.click(screen.getByRole('button', { name: 'Clear search and filters' }))
    expect(onClear).toHaveBeenCalledOnce()
  })

  it('failed: is announced, tries again, and gives the request id to quote', async () => {
    const onRetry = vi.fn()
    const { user } = show(
      <Failed title="Could not load" words="Busy." requestId="req_42" onRetry={onRetry} />,
    )
    expect(within(screen.getByRole('alert')).getByText('req_42')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(onRetry).toHaveBeenCalledOnce()
    await user.click(screen.getByRole('button', { name: /req_42/ }))
    expect(await navigator.clipboard.readText()).toBe('req_42')
    await expectAccessible()
  })
})
