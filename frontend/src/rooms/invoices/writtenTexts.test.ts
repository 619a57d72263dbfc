import { describe, expect, it } from 'vitest'
import { objectWords, valueWords } from './differenceWords'
import { gather } from './Findings'
import { readable, wordsOfLine } from './writtenTexts'

describe('a line of the books', () => {
  it('is read without our marker', () => {
    expect(readable('Everyday Tee · ref P-T27HP6OW')).toBe('Everyday Tee')
    expect(readable('ref P-T27HP6OW')).toBe('')
  })

  it('keeps a marker that a shopper typed', () => {
    expect(readable('Tee ref P-T27HP6OW for Sam · ref P-AAAAAAAA')).toBe('Tee ref P-T27HP6OW for Sam')
  })

  it('gives an Other size its name back', () => {
    expect(wordsOfLine('Tote Bag · Size: One Size · ref P-74IZBTLS', false)).toEqual({
      name: 'Tote Bag',
      size: 'One Size',
      rest: '',
    })
  })

  it('leaves names to their own list, and keeps what else is said', () => {
    expect(wordsOfLine('Jersey · L HADDAD #9 (870020) · ref P-W7CEM37O', true).rest).toBe('')
    expect(wordsOfLine('Vinyl banner · Size: 3x6 ft · Single sided · ref P-D6S2LTVQ', false)).toEqual({
      name: 'Vinyl banner',
      size: '3x6 ft',
      rest: 'Single sided',
    })
  })
})

describe('findings', () => {
  const about = (size: string, order_number: string) =>
    ({ code: 'unknown_size', order_id: order_number, details: { size, order_number } }) as const

  it('of one kind are one thing, with each word and each order once', () => {
    expect(gather([about('OSFA', '101'), about('XLT', '101'), about('OSFA', '102')])).toEqual([
      { code: 'unknown_size', words: ['OSFA', 'XLT'], orders: ['101', '102'], amount: 0 },
    ])
  })
})

describe('a difference', () => {
  it('is said in the words of its field', () => {
    expect(valueWords('unit_price_amount', 1_850, 'USD')).toBe('$18.50')
    expect(valueWords('total_quantity', 1_850, 'USD')).toBe('1,850')
    expect(valueWords('taxed', true, 'USD')).toBe('yes')
    expect(
      valueWords(
        'sizes',
        [
          ['size_ym', 2],
          ['size_2xl', 1],
        ],
        'USD',
      ),
    ).toBe('YM 2, 2XL 1')
    expect(valueWords('color', null, 'USD')).toBe('nothing')
  })

  it('about a whole line says what the line is', () => {
    const line = { description: 'Tee · ref P-AAAAAAAA', color: 'Navy', sizes: [['size_m', 3]], taxed: false }
    expect(objectWords(line, 'USD')).toBe('Tee · Navy · M 3')
    expect(objectWords({ description: 'Shipping · ref P-AAAAAAAA', amount: 895 }, 'USD')).toBe(
      'Shipping · $8.95',
    )
  })
})
