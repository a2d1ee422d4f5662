/** Signing in and, where sign-up is open, registering. */
import { type Child, raw, type SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, Head, type PageProps } from '../layout.tsx'
import { Field } from '../parts/field.tsx'
import { Mark, Sprite } from '../parts/icon.tsx'
import { type FormProblem, ProblemOfForm, problemOf } from './problem.tsx'

/** Either form's fields as they were sent, and what is wrong with them. */
export interface AccountFormProps {
  page: PageProps
  /** `register` shows the form for a new account. */
  mode: 'sign-in' | 'register'
  /** Whether new accounts may be made here. */
  canRegister: boolean
  /** Whether one may work without an account. */
  canBeGuest: boolean
  name: string
  problem: FormProblem | null
  /** Where to go afterwards: a path of this site. */
  next: string
}

/** The whole page. Forms: POST /sessions and POST /users with fields name, password, next, csrf. */
export function SignInPage(props: AccountFormProps): SafeHtml {
  const { page, mode } = props
  const title = mode === 'sign-in' ? 'Sign in' : 'Make an account'
  return (
    <PlinthPage page={page} title={title}>
      <AccountForm {...props} title={title} />
    </PlinthPage>
  )
}

/** A document without the bar: the plinth, and one form beside it. */
export function PlinthPage({ page, title, children }: { page: PageProps; title: string; children: Child }): SafeHtml {
  const body = (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <main id="main" class="sign">
        <Plinth />
        {children}
      </main>
    </>
  )
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <Head page={page} title={title} />
        <body>
          <Sprite of={body} />
          {body}
        </body>
      </html>
    </>
  )
}

function Plinth(): SafeHtml {
  return (
    <div class="plinth">
      <a class="brand" href="/" aria-label="Podium, home">
        <Mark />
        <span>Podium</span>
      </a>
      <svg viewBox="0 0 24 17" aria-hidden="true">
        <path d="M0 17V9h8V5h8v7h8v5z" />
        <rect class="cursor" x="11" y="1" width="2" height="3" />
      </svg>
    </div>
  )
}

function AccountForm(props: AccountFormProps & { title: string }): SafeHtml {
  const { page, mode, title, next, problem } = props
  const isNew = mode === 'register'
  return (
    <form class="stack" method="post" action={isNew ? '/users' : '/sessions'}>
      <h1>{title}</h1>
      {isNew ? <p class="muted">What you did as a guest stays yours.</p> : null}
      <ProblemOfForm problem={problem} />
      <Field
        id="name"
        name="name"
        label={isNew ? 'Name' : 'Name or e-mail'}
        type="text"
        autocomplete="username"
        value={props.name}
        error={problemOf('name', problem)}
        isFocused={problem === null || problem.of === 'name'}
        lengthMax={64}
      />
      <Field
        id="password"
        name="password"
        label="Password"
        type="password"
        autocomplete={isNew ? 'new-password' : 'current-password'}
        hint={isNew ? 'At least 10 characters.' : null}
        error={problemOf('password', problem)}
        isFocused={problem?.of === 'password'}
        {...(isNew ? { lengthMin: 10 } : {})}
        lengthMax={256}
      />
      <button class="btn key full" type="submit">
        {title}
      </button>
      <Other {...props} />
      {props.canBeGuest ? (
        <p class="faint">
          <a href="/exercises">Go on as a guest</a>: it works at once, and your work is kept in this browser.
        </p>
      ) : null}
      <CsrfField csrf={page.csrf} />
      <input type="hidden" name="next" value={next} />
    </form>
  )
}

function Other({ mode, canRegister, next }: AccountFormProps): SafeHtml {
  const query = `?next=${encodeURIComponent(next)}`
  return (
    <p class="faint">
      {mode === 'register' ? (
        <>
          Have an account? <a href={`/sign-in${query}`}>Sign in</a>
        </>
      ) : canRegister ? (
        <>
          New here? <a href={`/register${query}`}>Make an account</a>
        </>
      ) : (
        'Accounts are made by whoever runs this Podium.'
      )}
    </p>
  )
}
