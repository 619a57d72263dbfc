import { screen, waitFor } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Link } from '@/api/generated/types.gen'
import { northside, problem } from '@/test/answers'
import { api } from '@/test/api'
import { expectAccessible } from '@/test/show'
import { visit } from '@/test/visit'
import { emptyWorkspace, linked } from '@/test/workspace'

const warning = 'Every order would reach Printavo twice. Turn it off there.'
const doubled: Link = { ...linked, native_link: true, native_link_warning: warning }

beforeEach(() => {
  api.use(...emptyWorkspace)
})

describe('a link beside the vendors’ own', () => {
  it('warns until somebody says that theirs is off', async () => {
    const sent: unknown[] = []
    let link = doubled
    api.use(
      http.get('*/v1/link', () => HttpResponse.json(link)),
      http.patch('*/v1/link', async ({ request }) => {
        sent.push(await request.json())
        link = linked
        return HttpResponse.json(link)
      }),
    )
    const { user } = visit(`${northside}/accounts`)
    expect(await screen.findByText(warning)).toBeVisible()
    const own = screen.getByRole('checkbox', { name: /own InkSoft–Printavo link is on/ })
    expect(own).toBeChecked()
    await expectAccessible()
    await user.click(own)
    await waitFor(() => {
      expect(own).not.toBeChecked()
    })
    expect(screen.queryByText(warning)).not.toBeInTheDocument()
    expect(sent).toEqual([{ native_link: false }])
  })

  it('keeps its warning when a correction is refused', async () => {
    api.use(
      http.get('*/v1/link', () => HttpResponse.json(doubled)),
      http.patch('*/v1/link', () => problem(403, 'not_allowed', {})),
    )
    const { user } = visit(`${northside}/accounts`)
    const own = await screen.findByRole('checkbox', { name: /own InkSoft–Printavo link is on/ })
    await user.click(own)
    expect(await screen.findByRole('alert')).toBeVisible()
    expect(own).toBeChecked()
    expect(screen.getByText(warning)).toBeVisible()
  })
})
