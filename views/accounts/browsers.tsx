/** The account page's list of signed-in browsers. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, type PageProps } from '../layout.tsx'
import { Time } from '../parts/text.tsx'
import type { AccountProps } from './account-props.ts'
import { browserName } from './browser-name.ts'

/** Every browser that is signed in, each with a button that ends it. */
export function Browsers({ page, account }: { page: PageProps; account: AccountProps }): SafeHtml {
  return (
    <section class="stack" aria-labelledby="browsers">
      <h2 id="browsers">Signed-in browsers</h2>
      <ul class="list">
        {account.browsers.map(({ id, isCurrent, userAgent, address, lastSeenAt }) => (
          <li class="row apart">
            <div>
              {browserName(userAgent)}
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
                <button
                  class="btn sm"
                  type="submit"
                  aria-label={`Sign out ${browserName(userAgent)}, last seen at ${address}`}
                >
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
