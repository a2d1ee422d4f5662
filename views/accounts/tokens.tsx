/** The account page's API tokens: those there are, one that was just made, and the form for another. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, type PageProps } from '../layout.tsx'
import { Field } from '../parts/field.tsx'
import { Say } from '../parts/say.tsx'
import { Secret } from '../parts/secret.tsx'
import { Time } from '../parts/text.tsx'
import type { AccountProps } from './account-props.ts'

/** A token that was just made: it is shown this once. */
export function NewToken({ token }: { token: string }): SafeHtml {
  return (
    <Say
      look={{ hue: 'pass', shape: 'pass' }}
      title="Token made. Copy it now: it is not shown again."
      help={<Secret label="The token" text={token} />}
    />
  )
}

/** All tokens, and the form for another. */
export function Tokens({ page, account }: { page: PageProps; account: AccountProps }): SafeHtml {
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
      <form class="fields" method="post" action="/account/tokens">
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
