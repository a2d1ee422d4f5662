/** Which field of a form a failure is about. */
import type { FormProblem } from '../../views/accounts/problem.tsx'
import type { Failure } from '../failure.ts'

const codesOfPassword: readonly string[] = ['password_weak', 'wrong_credentials']

/** The failure as a form shows it: beside the field that must be filled in otherwise, else over the form. */
export function formProblemOf({ code, message }: Failure): FormProblem {
  if (/^(name|email)_/.test(code)) return { of: 'name', message }
  return { of: codesOfPassword.includes(code) ? 'password' : 'form', message }
}
