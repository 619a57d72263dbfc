import { describe, expect, it, vi } from 'vitest'
import { money } from './money'

describe('money', () => {
  it.each([
    [231050, 'USD', '$2,310.50'],
    [0, 'USD', '$0.00'],
    [-1999, 'USD', '-$19.99'],
    [7, 'CAD', 'CA$0.07'],
    [1500, 'JPY', '¥1,500'],
    [1234, 'KWD', 'KWD 1.234'],
    [900719925474099, 'USD', '$9,007,199,254,740.99'],
  ])('shows %i minor units of %s as %s', (amount, currency, shown) => {
    expect(money(amount, currency).replaceAll('\u00a0', ' ')).toBe(shown)
  })

  it('follows the language of the browser', () => {
    vi.spyOn(navigator, 'language', 'get').mockReturnValue('de-DE')
    expect(money(231050, 'EUR').replaceAll('\u00a0', ' ')).toBe('2.310,50 €')
  })

  it('refuses a fraction of a cent: somewhere a float was taken for money', () => {
    expect(() => money(19.99, 'USD')).toThrow(RangeError)
  })
})
