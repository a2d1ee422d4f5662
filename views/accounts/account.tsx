/** A person's account: profile, password, browsers, API tokens, their data. For guests: what registering gives. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, Layout, type PageProps } from '../layout.tsx'
import { Field } from '../parts/field.tsx'
import { Say } from '../parts/say.tsx'
import { Secret } from '../parts/secret.tsx'
import { Time } from '../parts/text.tsx'

/** A part of the page that a form belongs to. */
export type AccountPart = 'profile' | 'password' | 'browsers' | 'tokens'

/** What the page shows of somebody with an account. */
export interface AccountProps {
  name: string
  displayName: string | null
  email: string | null
  isListed: boolean
  browsers: readonly { id: string; isCurrent: boolean; userAgent: string; address: string; lastSeenAt: string }[]
  tokens: readonly { id: string; label: string; beginning: string; expiresAt: string; lastUsedAt: string | null }[]
  /** A token that was just made: it is shown this once. */
  newToken: string | null
}

/** What the page is given. */
export interface AccountPageProps {
  page: PageProps
  /** Null for guests and visitors. */
  account: AccountProps | null
  canRegister: boolean
  /** What was just done. */
  done: AccountPart | null
  problem: { part: AccountPart; message: string } | null
}

const doneSentences: Record<AccountPart, string> = {
  profile: 'Profile saved.',
  password: 'Password changed. Other browsers are signed out and API tokens revoked.',
  browsers: 'Signed out there.',
  tokens: 'Token revoked.',
}

/** The whole page. */
export function AccountPage(props: AccountPageProps): SafeHtml {
  const { page, account, canRegister, done, problem } = props
  return (
    <Layout page={page} title="Account">
      <main id="main" class="page stack">
        <h1>Account</h1>
        {done === null ? null : <Say look={{ hue: 'pass', shape: 'pass' }} title={doneSentences[done]} />}
        {problem === null ? null : <Say look={{ hue: 'fail', shape: 'fail' }} title={problem.message} />}
        {account === null ? (
          <ForGuests canRegister={canRegister} />
        ) : (
          <>
            {account.newToken === null ? null : <NewToken token={account.newToken} />}
            <div class="three-up">
              <Profile page={page} account={account} />
              <Password page={page} />
              <YourData />
            </div>
            <Browsers page={page} account={account} />
            <Tokens page={page} account={account} />
          </>
        )}
      </main>
    </Layout>
  )
}

function ForGuests({ canRegister }: { canRegister: boolean }): SafeHtml {
  return (
    <section class="stack">
      <p>You work as a guest: what you do is kept in this browser for 30 days after your last visit.</p>
      <div class="prose">
        <p>An account keeps everything you did as a guest, and adds:</p>
        <ul>
          <li>your work on every browser you sign in with, for as long as you want it kept</li>
          <li>a place on the leaderboard, if you want one</li>
          <li>API tokens for scripts</li>
        </ul>
      </div>
      <div class="row">
        {canRegister ? (
          <a class="btn key" href="/register?next=/account">
            Make an account
          </a>
        ) : null}
        <a class={canRegister ? 'btn' : 'btn key'} href="/sign-in?next=/account">
          Sign in
        </a>
      </div>
    </section>
  )
}

function NewToken({ token }: { token: string }): SafeHtml {
  return (
    <Say
      look={{ hue: 'pass', shape: 'pass' }}
      title="Token made. Copy it now: it is not shown again."
      help={<Secret label="The token" text={token} />}
    />
  )
}

function Profile({ page, account }: { page: PageProps; account: AccountProps }): SafeHtml {
  return (
    <form class="stack" method="post" action="/account/profile">
      <h2>Profile</h2>
      <p class="muted">You sign in as {account.name}.</p>
      <Field
        id="display-name"
        name="displayName"
        label="Display name"
        type="text"
        autocomplete="nickname"
        value={account.displayName ?? ''}
        hint="What others see in place of your name."
        isOptional
        lengthMax={80}
      />
      <Field
        id="email"
        name="email"
        label="E-mail"
        type="email"
        autocomplete="email"
        value={account.email ?? ''}
        hint="You may sign in with it too."
        isOptional
        lengthMax={254}
      />
      <label class="row">
        <input type="checkbox" name="isListed" value="yes" checked={account.isListed} /> Show me on the leaderboard
      </label>
      <CsrfField csrf={page.csrf} />
      <button class="btn key" type="submit">
        Save profile
      </button>
    </form>
  )
}

function Password({ page }: { page: PageProps }): SafeHtml {
  const shared = { type: 'password', lengthMax: 256 } as const
  return (
    <form class="stack" method="post" action="/account/password">
      <h2>Password</h2>
      <p class="muted">Other browsers are signed out and API tokens revoked.</p>
      <Field id="current" name="current" label="Present password" autocomplete="current-password" {...shared} />
      <Field
        id="next"
        name="next"
        label="New password"
        autocomplete="new-password"
        hint="At least 10 characters."
        lengthMin={10}
        {...shared}
      />
      <CsrfField csrf={page.csrf} />
      <button class="btn" type="submit">
        Change password
      </button>
    </form>
  )
}

function YourData(): SafeHtml {
  return (
    <section class="stack">
      <h2>Your data</h2>
      <p class="muted">Everything Podium keeps of you, as one JSON file.</p>
      <a class="btn" href="/account/export">
        Export my data
      </a>
      <p class="muted">Deleting takes your attempts, drafts, answers and log with it.</p>
      <a class="btn stop" href="/account/deletion">
        Delete my account
      </a>
    </section>
  )
}

function Browsers({ page, account }: { page: PageProps; account: AccountProps }): SafeHtml {
  return (
    <section class="stack" aria-labelledby="browsers">
      <h2 id="browsers">Signed-in browsers</h2>
      <ul class="list">
        {account.browsers.map(({ id, isCurrent, userAgent, address, lastSeenAt }) => (
          <li class="row apart">
            <div>
              {userAgent === '' ? 'A program without a name' : userAgent}
              <div class="faint">
                {address}, last seen <Time at={lastSeenAt} />
              </div>
            </div>
            {isCurrent ? (
              <span class="faint">This browser</span>
            ) : (
              <form method="post" action="/account/ended-browsers">
                <CsrfField csrf={page.csrf} />
                <input type="hidden" name="id" value={id} />
                <button class="btn sm" type="submit" aria-label={`Sign out ${userAgent}`}>
                  Sign out
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Tokens({ page, account }: { page: PageProps; account: AccountProps }): SafeHtml {
  return (
    <section class="stack" aria-labelledby="tokens">
      <h2 id="tokens">API tokens</h2>
      <p class="muted">
        For scripts: a token may do what you may. <a href="/docs">The API</a> says how it is sent.
      </p>
      {account.tokens.length === 0 ? null : (
        <ul class="list">
          {account.tokens.map(({ id, label, beginning, expiresAt, lastUsedAt }) => (
            <li class="row apart">
              <div>
                {label} <code>{beginning}…</code>
                <div class="faint">
                  until <Time at={expiresAt} as="date" />,{' '}
                  {lastUsedAt === null ? (
                    'never used'
                  ) : (
                    <>
                      last used <Time at={lastUsedAt} />
                    </>
                  )}
                </div>
              </div>
              <form method="post" action="/account/revoked-tokens">
                <CsrfField csrf={page.csrf} />
                <input type="hidden" name="id" value={id} />
                <button class="btn sm" type="submit" aria-label={`Revoke ${label}`}>
                  Revoke
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form class="row" method="post" action="/account/tokens">
        <Field id="label" name="label" label="What it is for" type="text" autocomplete="off" lengthMax={80} />
        <div class="field">
          <label for="days">Works for</label>
          <select id="days" name="days">
            <option value="7">7 days</option>
            <option value="30">30 days</option>
            <option value="90" selected>
              90 days
            </option>
            <option value="366">366 days</option>
          </select>
        </div>
        <CsrfField csrf={page.csrf} />
        <button class="btn" type="submit">
          Make a token
        </button>
      </form>
    </section>
  )
}

/** The question before an account goes. */
export function DeletionPage({ page, problem }: { page: PageProps; problem: string | null }): SafeHtml {
  return (
    <Layout page={page} title="Delete my account">
      <main id="main" class="page">
        <form class="question stack" method="post" action="/account/deletion">
          <h1>Delete your account?</h1>
          <p>Your attempts, drafts, answers and their log go with it. They cannot be brought back.</p>
          <Field
            id="password"
            name="password"
            label="Password"
            type="password"
            autocomplete="current-password"
            error={problem}
            lengthMax={256}
          />
          <CsrfField csrf={page.csrf} />
          <div class="row">
            <a class="btn key" href="/account">
              Keep it
            </a>
            <button class="btn stop" type="submit">
              Delete account
            </button>
          </div>
        </form>
      </main>
    </Layout>
  )
}
