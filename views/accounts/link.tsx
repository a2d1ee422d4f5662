/** What a link that works once opens: the form of the first administrator, or of a new password. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, type PageProps } from '../layout.tsx'
import { Field } from '../parts/field.tsx'
import { type FormProblem, ProblemOfForm, problemOf } from './problem.tsx'
import { PlinthPage } from './sign-in.tsx'

/** What the page is given. */
export interface LinkPageProps {
  page: PageProps
  purpose: 'admin' | 'password'
  /** The link's secret, to be sent along. */
  key: string
  name: string
  problem: FormProblem | null
}

/** The whole page. Form: POST /links with fields key, name (first administrator only), password, csrf. */
export function LinkPage({ page, purpose, key, name, problem }: LinkPageProps): SafeHtml {
  const isAdmin = purpose === 'admin'
  const title = isAdmin ? 'Become the administrator' : 'Choose a new password'
  return (
    <PlinthPage page={page} title={title}>
      <form class="stack" method="post" action="/links">
        <h1>{title}</h1>
        <p class="muted">
          {isAdmin
            ? 'Nobody administers this Podium yet. This link works once.'
            : 'Your browsers are signed out and your API tokens stop working.'}
        </p>
        <ProblemOfForm problem={problem} />
        {isAdmin ? (
          <Field
            id="name"
            name="name"
            label="Name"
            type="text"
            autocomplete="username"
            value={name}
            error={problemOf('name', problem)}
            isFocused={problem === null || problem.of === 'name'}
            lengthMax={64}
          />
        ) : null}
        <Field
          id="password"
          name="password"
          label="New password"
          type="password"
          autocomplete="new-password"
          hint="At least 10 characters."
          error={problemOf('password', problem)}
          isFocused={problem?.of === 'password' || (problem === null && !isAdmin)}
          lengthMin={10}
          lengthMax={256}
        />
        <button class="btn key full" type="submit">
          {isAdmin ? 'Become administrator' : 'Store password'}
        </button>
        <CsrfField csrf={page.csrf} />
        <input type="hidden" name="key" value={key} />
      </form>
    </PlinthPage>
  )
}
