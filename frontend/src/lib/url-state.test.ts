import { describe, expect, it } from 'vitest'
import { given, oneIn, parseSearch, safeNext, stringifySearch, textIn } from './url-state'

describe('the address', () => {
  it('comes back as it was', () => {
    const search = { q: 'oak & co', view: 'new', store: ['a', 'b'] }
    expect(parseSearch(stringifySearch(search))).toEqual(search)
  })

  it('keeps a number that people typed as the text it was', () => {
    expect(parseSearch('?q=00123')).toEqual({ q: '00123' })
  })

  it('is the same for the same state, whatever the order', () => {
    expect(stringifySearch({ b: '1', a: '2' })).toBe(stringifySearch({ a: '2', b: '1' }))
  })

  it('leaves out what is empty', () => {
    expect(stringifySearch({ q: '', view: undefined, drawer: null })).toBe('')
  })
})

describe('what a link brings in', () => {
  it('is one of the known choices or nothing', () => {
    expect(oneIn({ view: 'changed' }, 'view', ['new', 'changed'])).toBe('changed')
    expect(oneIn({ view: '<script>' }, 'view', ['new', 'changed'])).toBeUndefined()
  })

  it('is a single text or nothing', () => {
    expect(textIn({ q: ['a', 'b'] }, 'q')).toBeUndefined()
    expect(textIn({ q: 'a' }, 'q')).toBe('a')
  })

  it('loses its undefined members', () => {
    expect(Object.keys(given({ q: 'a', view: undefined }))).toEqual(['q'])
  })
})

describe('where to go after signing in', () => {
  it('is a path of ours, with its search', () => {
    expect(safeNext('/w/1/stores?q=a')).toBe('/w/1/stores?q=a')
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    7,
    undefined,
    '/\t/evil.example',
  ])('is never %s', (value) => {
    expect(safeNext(value)).toBeUndefined()
  })
})
