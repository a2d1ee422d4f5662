/** A person's account: profile, password, browsers, API tokens, their data. For guests: what registering gives. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { Layout, type PageProps } from '../layout.tsx'
import { Say } from '../parts/say.tsx'
import type { AccountProps } from './account-props.ts'
import { Browsers } from './browsers.tsx'
import { YourData } from './deletion.tsx'
import { Password, Profile } from './profile.tsx'
import { NewToken, Tokens } from './tokens.tsx'

/** A part of the page that a form belongs to. */
export type AccountPart = 'profile' | 'password' | 'browsers' | 'tokens'

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
      <main id="main" class="page">
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
      <div class="prose">
        <p>You work as a guest: what you do is kept in this browser for 30 days after your last visit.</p>
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
