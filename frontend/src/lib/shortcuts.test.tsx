import { screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { show } from '@/test/show'
import { useShortcut } from './shortcuts'

function Screen({
  act,
  dialog = false,
  enabled = true,
}: {
  act: () => void
  dialog?: boolean
  enabled?: boolean
}) {
  useShortcut('a', act, enabled)
  return (
    <>
      <input aria-label="Search" />
      <input type="checkbox" aria-label="Select" />
      {dialog && <div role="dialog">Sure?</div>}
    </>
  )
}

describe('a shortcut', () => {
  it('acts from anywhere on the screen, also from a checkbox', async () => {
    const act = vi.fn()
    const { user } = show(<Screen act={act} />)
    await user.keyboard('a')
    screen.getByLabelText('Select').focus()
    await user.keyboard('a')
    expect(act).toHaveBeenCalledTimes(2)
  })

  it('leaves letters to fields', async () => {
    const act = vi.fn()
    const { user } = show(<Screen act={act} />)
    await user.type(screen.getByLabelText('Search'), 'a')
    expect(act).not.toHaveBeenCalled()
  })

  it('leaves the browser its own keys', async () => {
    const act = vi.fn()
    const { user } = show(<Screen act={act} />)
    await user.keyboard('{Control>}a{/Control}')
    expect(act).not.toHaveBeenCalled()
  })

  it('rests behind a dialog and while it is off', async () => {
    const act = vi.fn()
    const { user, update } = show(<Screen act={act} dialog />)
    await user.keyboard('a')
    update(<Screen act={act} enabled={false} />)
    await user.keyboard('a')
    expect(act).not.toHaveBeenCalled()
  })
})
