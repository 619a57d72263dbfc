import { describe, expect, it } from 'vitest'
import { inksoftSignIn, NO_INKSOFT, NO_PRINTAVO, printavoSignIn, storeUri } from './credentials'

describe('a store address', () => {
  it.each([
    ['oak_ridge', 'oak_ridge'],
    ['  oak_ridge ', 'oak_ridge'],
    ['https://stores.inksoft.com/oak_ridge/shop/home', 'oak_ridge'],
    ['stores.inksoft.com/oak_ridge', 'oak_ridge'],
    ['stores.inksoft.com/oak_ridge?a=1', 'oak_ridge'],
    ['https://stores.inksoft.com/', ''],
    ['', ''],
  ])('%s is the store %s', (typed, uri) => {
    expect(storeUri(typed)).toBe(uri)
  })
})

describe('what is sent', () => {
  it('is only what belongs to the chosen way in', () => {
    const typed = { ...NO_INKSOFT, store: 'oak', key: ' K ', email: 'a@b.example', password: ' p ' }
    expect(inksoftSignIn({ ...typed, way: 'key' })).toEqual({ store_uri: 'oak', api_key: 'K' })
    expect(inksoftSignIn({ ...typed, way: 'password' })).toEqual({
      store_uri: 'oak',
      email: 'a@b.example',
      password: ' p ',
    })
    const shop = { ...NO_PRINTAVO, email: ' a@b.example', password: ' p ', token: 'T ' }
    expect(printavoSignIn({ ...shop, way: 'password' })).toEqual({ email: 'a@b.example', password: ' p ' })
    expect(printavoSignIn({ ...shop, way: 'token' })).toEqual({ email: 'a@b.example', api_token: 'T' })
  })
})
