import { Button } from '@mantine/core'
import { screen, waitFor } from '@testing-library/react'
import { type ReactNode, useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { expectAccessible, show } from '@/test/show'
import { Confirm } from './Confirm'
import { SideDrawer } from './SideDrawer'

function Opener({ children }: { children: (opened: boolean, close: () => void) => ReactNode }) {
  const [opened, open] = useState(false)
  return (
    <>
      <Button
        onClick={() => {
          open(true)
        }}
      >
        Open
      </Button>
      {children(opened, () => {
        open(false)
      })}
    </>
  )
}

describe('a drawer', () => {
  it('takes the focus, closes with Escape, and gives the focus back', async () => {
    const { user } = show(
      <Opener>
        {(opened, close) => (
          <SideDrawer title="Add to invoice" opened={opened} onClose={close} foot={<Button>Attach</Button>}>
            <input aria-label="Search invoices" />
          </SideDrawer>
        )}
      </Opener>,
    )
    await user.click(screen.getByRole('button', { name: 'Open' }))
    const drawer = await screen.findByRole('dialog', { name: 'Add to invoice' })
    await waitFor(() => {
      expect(drawer).toContainElement(document.activeElement as HTMLElement)
    })
    await expectAccessible()
    await user.keyboard('{Escape}')
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
    })
    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'Open' })).toHaveFocus()
    })
  })
})

describe('a confirmation', () => {
  const question = (onConfirm: () => void, busy: boolean, destructive = false) => (
    <Opener>
      {(opened, close) => (
        <Confirm
          title="Link these accounts?"
          opened={opened}
          onCancel={close}
          onConfirm={onConfirm}
          confirm="Link accounts"
          busy={busy}
          destructive={destructive}
        >
          InkSoft and Printavo
        </Confirm>
      )}
    </Opener>
  )

  it('confirms once, or gives the focus back untouched', async () => {
    const onConfirm = vi.fn()
    const { user } = show(question(onConfirm, false))
    await user.click(screen.getByRole('button', { name: 'Open' }))
    await user.click(await screen.findByRole('button', { name: 'Link accounts' }))
    expect(onConfirm).toHaveBeenCalledOnce()
    await expectAccessible()
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'Open' })).toHaveFocus()
    })
    expect(onConfirm).toHaveBeenCalledOnce()
  })

  it('stays and cannot be pressed again while it is being done', async () => {
    const onConfirm = vi.fn()
    const { user } = show(question(onConfirm, true, true))
    await user.click(screen.getByRole('button', { name: 'Open' }))
    const dialog = await screen.findByRole('dialog', { name: 'Link these accounts?' })
    await user.keyboard('{Escape}')
    expect(dialog).toBeVisible()
    expect(screen.getByRole('button', { name: 'Link accounts' })).toBeDisabled()
    expect(onConfirm).not.toHaveBeenCalled()
  })
})
