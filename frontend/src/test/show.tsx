import { I18nProvider } from '@lingui/react'
import { i18n } from '@lingui/core'
import { render, type RenderResult } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import axe from 'axe-core'
import type { ReactElement } from 'react'
import { expect } from 'vitest'
import { Theme } from '@/ui/theme/Theme'

/** Renders one part as the product does (theme, language), with a person at the keyboard. */
export function show(
  part: ReactElement,
): RenderResult & { user: UserEvent; update: (part: ReactElement) => void } {
  const user = userEvent.setup()
  const dressed = (inner: ReactElement) => (
    <I18nProvider i18n={i18n}>
      <Theme>{inner}</Theme>
    </I18nProvider>
  )
  const shown = render(dressed(part))
  return {
    ...shown,
    user,
    update: (next) => {
      shown.rerender(dressed(next))
    },
  }
}

/** Fails with each rule of axe that is broken. Colours are held by theme.test.ts: jsdom paints nothing. */
export async function expectAccessible(root: Element = document.body): Promise<void> {
  const { violations } = await axe.run(root, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  expect(
    violations.map((broken) => `${broken.id}: ${broken.nodes.map((node) => node.html).join(' | ')}`),
  ).toEqual([])
}
