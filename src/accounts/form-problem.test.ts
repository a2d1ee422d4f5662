/** Where a form says what is wrong. */
import { expect, test } from 'bun:test'
import { SignInPage } from '../../views/accounts/sign-in.tsx'
import { samplePage } from '../../views/samples.ts'
import { Failure } from '../failure.ts'
import { rateLimiter } from '../http/rate-limit.ts'
import { formProblemOf } from './form-problem.ts'
import { taken } from './register.ts'

const wrongCredentials = new Failure('forbidden', 'They do not belong together.', { code: 'wrong_credentials' })

function tooOften(): Failure {
  const limiter = rateLimiter('sign_in', { burst: 0, perMinute: 6 })
  try {
    limiter.take('anna')
  } catch (cause) {
    if (cause instanceof Failure) return cause
  }
  throw new Error('nothing was refused')
}

function pageWith(failure: Failure): string {
  const given = { canRegister: true, canBeGuest: true, name: 'anna', next: '/' }
  const problem = formProblemOf(failure)
  return SignInPage({ page: samplePage(''), mode: 'sign-in', ...given, problem }).toString()
}

test('a taken name is said at the name, a wrong password at the password', () => {
  expect(formProblemOf(taken('name')).of).toBe('name')
  expect(formProblemOf(wrongCredentials).of).toBe('password')
  expect(pageWith(wrongCredentials)).toContain('id="password-error"')
})

test('having to wait is about no field: the form says it, and its sentence has the focus', () => {
  const page = pageWith(tooOften())
  expect(page).toContain('Too many tries. Try again in 10 s.')
  expect(page).not.toContain('aria-invalid')
  expect(page.match(/autofocus/g)).toHaveLength(1)
  expect(page).toMatch(/tabindex="-1" autofocus[^>]*>\s*<div class="say fail"/)
})
