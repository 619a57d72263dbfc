import { screen } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'
import { dana, northside, problem } from '@/test/answers'
import { api } from '@/test/api'
import { expectAccessible } from '@/test/show'
import { visit } from '@/test/visit'
import { emptyWorkspace } from '@/test/workspace'

/** Nobody is signed in until the password is right. */
function service() {
  let signedIn = false
  api.use(...emptyWorkspace)
  api.use(
    http.get('*/v1/me', () => (signedIn ? HttpResponse.json(dana) : problem(401, 'not_signed_in'))),
    http.post('*/v1/session', async ({ request }) => {
      const { password } = (await request.json()) as { password: string }
      signedIn = password === 'print-more-shirts'
      return signedIn
        ? HttpResponse.json(dana, { status: 201 })
        : problem(401, 'wrong_credentials', { detail: 'The e-mail address or the password is not right.' })
    }),
  )
}

async function signIn(user: ReturnType<typeof visit>['user'], password: string) {
  await user.type(await screen.findByLabelText('E-mail'), 'dana@northside.example')
  await user.type(screen.getByLabelText('Password'), password)
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
}

describe('signing in', () => {
  it('comes first, and leads back to where the person wanted to be', async () => {
    service()
    const { user, router } = visit(`${northside}/stores?q=oak`)
    await signIn(user, 'print-more-shirts')
    expect(await screen.findByRole('heading', { name: 'Stores', level: 1 })).toBeVisible()
    expect(router.state.location.href).toBe(`${northside}/stores?q=oak`)
  })

  it('leads to the first workspace when nothing else was wanted', async () => {
    service()
    const { user, router } = visit('/')
    await signIn(user, 'print-more-shirts')
    expect(await screen.findByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible()
    expect(router.state.location.pathname).toBe(`${northside}/accounts`)
  })

  it('never leads to another site', async () => {
    service()
    const { user, router } = visit('/sign-in?next=//evil.example')
    await signIn(user, 'print-more-shirts')
    expect(await screen.findByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible()
    expect(router.state.location.pathname).toBe(`${northside}/accounts`)
  })

  it('says when it is refused, forgets the password and keeps the rest', async () => {
    service()
    const { user } = visit('/sign-in')
    await signIn(user, 'wrong')
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The e-mail address or the password is not right.',
    )
    expect(screen.getByLabelText('E-mail')).toHaveValue('dana@northside.example')
    expect(screen.getByLabelText('Password')).toHaveValue('')
    await expectAccessible()
  })

  it('says how long to wait after too many attempts', async () => {
    api.use(
      http.post('*/v1/session', () => {
        const answer = problem(429, 'too_many_attempts', { title: 'Too many attempts', retry_after: 600 })
        answer.headers.set('Retry-After', '600')
        return answer
      }),
    )
    const { user } = visit('/sign-in')
    await signIn(user, 'wrong')
    expect(await screen.findByRole('alert')).toHaveTextContent('Try again in 10 minutes.')
  })
})

describe('signing up', () => {
  async function fill(user: ReturnType<typeof visit>['user'], password: string) {
    await user.type(await screen.findByLabelText('Business name'), 'Northside Print Co')
    await user.type(screen.getByLabelText('Your name'), 'Dana Reyes')
    await user.type(screen.getByLabelText('E-mail'), 'dana@northside.example')
    await user.type(screen.getByLabelText('Password'), password)
    await user.click(screen.getByRole('button', { name: 'Create workspace' }))
  }

  it('makes the workspace and enters it', async () => {
    const sent: unknown[] = []
    api.use(
      ...emptyWorkspace,
      http.post('*/v1/signup', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json(dana, { status: 201 })
      }),
    )
    const { user } = visit('/sign-up')
    await fill(user, 'print-more-shirts')
    expect(await screen.findByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible()
    expect(sent).toEqual([
      {
        name: 'Dana Reyes',
        workspace_name: 'Northside Print Co',
        email: 'dana@northside.example',
        password: 'print-more-shirts',
      },
    ])
  })

  it('asks for ten characters before it asks the service', async () => {
    const { user } = visit('/sign-up')
    await fill(user, 'short')
    expect(await screen.findByText('Use at least 10 characters.')).toBeVisible()
    expect(screen.getByLabelText('Password')).toBeInvalid()
    await expectAccessible()
  })

  it('puts what the service finds wrong at its field', async () => {
    api.use(
      http.post('*/v1/signup', () =>
        problem(422, 'invalid_input', {
          errors: [{ pointer: '/email', code: 'invalid', message: 'Not an address.' }],
        }),
      ),
    )
    const { user } = visit('/sign-up')
    await fill(user, 'print-more-shirts')
    expect(await screen.findByText('Not an address.')).toBeVisible()
    expect(screen.getByLabelText('E-mail')).toBeInvalid()
  })
})
