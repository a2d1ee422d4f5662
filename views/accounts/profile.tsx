/** The account page's forms for name, e-mail and password. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, type PageProps } from '../layout.tsx'
import { Field } from '../parts/field.tsx'
import type { AccountProps } from './account-props.ts'

/** Name, e-mail, and whether the leaderboard may show them. */
export function Profile({ page, account }: { page: PageProps; account: AccountProps }): SafeHtml {
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
      <label class="tick">
        <input type="checkbox" name="isListed" value="yes" checked={account.isListed} /> Show me on the leaderboard
      </label>
      <CsrfField csrf={page.csrf} />
      <button class="btn key" type="submit">
        Save profile
      </button>
    </form>
  )
}

/** A new password in exchange for the present one. */
export function Password({ page }: { page: PageProps }): SafeHtml {
  const shared = { type: 'password', lengthMax: 256 } as const
  return (
    <form class="stack" method="post" action="/account/password">
      <h2>Password</h2>
      <p class="muted">Other browsers are signed out and API tokens revoked.</p>
      <Field id="current" name="current" label="Current password" autocomplete="current-password" {...shared} />
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
