import { screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { show } from '@/test/show'
import { SearchField } from './SearchField'

function Screen({ onSearch }: { onSearch: (text: string) => void }) {
  const [value, search] = useState('')
  return (
    <>
      <SearchField
        label="Search orders"
        value={value}
        onSearch={(text) => {
          onSearch(text)
          search(text)
        }}
      />
      <button
        onClick={() => {
          search('from a link')
        }}
      >
        Back
      </button>
    </>
  )
}

const field = () => screen.getByRole('searchbox', { name: 'Search orders' })

describe('the search', () => {
  it('is reached with / and asks once when typing rests', async () => {
    const onSearch = vi.fn()
    const { user } = show(<Screen onSearch={onSearch} />)
    await user.keyboard('/')
    expect(field()).toHaveFocus()
    await user.keyboard('oak ')
    await waitFor(() => {
      expect(onSearch).toHaveBeenCalledWith('oak')
    })
    expect(onSearch).toHaveBeenCalledOnce()
    expect(field()).toHaveValue('oak ')
  })

  it('is emptied with Escape and keeps the focus', async () => {
    const onSearch = vi.fn()
    const { user } = show(<Screen onSearch={onSearch} />)
    await user.type(field(), 'oak')
    await user.keyboard('{Escape}')
    expect(field()).toHaveValue('')
    expect(field()).toHaveFocus()
    expect(onSearch).toHaveBeenLastCalledWith('')
  })

  it('follows the address', async () => {
    const onSearch = vi.fn()
    const { user } = show(<Screen onSearch={onSearch} />)
    await user.type(field(), 'oak')
    await waitFor(() => {
      expect(onSearch).toHaveBeenCalledWith('oak')
    })
    await user.click(screen.getByRole('button', { name: 'Back' }))
    expect(field()).toHaveValue('from a link')
  })
})
