/** What is wrong with a form of an account: said at the field it is about, or over all of them. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { Say } from '../parts/say.tsx'

/** A sentence and what it is about; `form`: none of the fields, as when somebody has to wait. */
export interface FormProblem {
  of: 'name' | 'password' | 'form'
  message: string
}

/** The sentence where it is about this field. */
export function problemOf(field: 'name' | 'password', problem: FormProblem | null): string | null {
  return problem?.of === field ? problem.message : null
}

/** A sentence about the whole form. It has the focus, so that it is read first. */
export function ProblemOfForm({ problem }: { problem: FormProblem | null }): SafeHtml | null {
  if (problem?.of !== 'form') return null
  return (
    <div tabindex="-1" autofocus>
      <Say look={{ hue: 'fail', shape: 'fail' }} title={problem.message} />
    </div>
  )
}
