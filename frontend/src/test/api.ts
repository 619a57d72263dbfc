import { setupServer } from 'msw/node'

/** The network of a test. It answers nothing until a test says what; an unexpected request fails the test. */
export const api = setupServer()
