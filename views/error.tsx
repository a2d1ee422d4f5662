/** The error page: what happened, what is safe, what to do, and a short code to quote. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { Layout, type PageProps } from './layout.tsx'
import { Mark } from './parts/icon.tsx'
import { Say } from './parts/say.tsx'
import { counted } from './parts/text.tsx'

/** What the error page is given. */
export interface ErrorProps {
  page: PageProps
  status: number
  /** What happened, as a sentence for a person. */
  message: string
  /** The request's id, or a stable code. */
  code: string
  /** The stable name of what went wrong, for words that fit it better than its status does. */
  reason?: string
  retryAfterSeconds: number | null
}

/** Titles and advice by status; other statuses read like a fault of Podium's. */
const words: Record<number, { title: string; advice: string }> = {
  401: { title: 'Sign in first', advice: 'This page belongs to an account. Sign in, and you come back here.' },
  403: { title: 'That is not allowed', advice: 'Sign in as somebody who may, or go back to where you came from.' },
  404: { title: 'There is no such page', advice: 'The address may be misspelt, or what was here is gone.' },
  409: { title: 'Something else came first', advice: 'Load the page again to see how things stand.' },
  413: { title: 'That is too large', advice: 'Send less at once.' },
  422: { title: 'That could not be read', advice: 'Go back and mend what the message names.' },
  429: { title: 'Too much at once', advice: 'Wait a little, then try again.' },
  503: { title: 'Podium is busy', advice: 'Wait a little, then try again.' },
}

/** Titles and advice where a status says too little. */
const wordsOfReason: Record<string, { title: string; advice: string }> = {
  csrf: {
    title: 'This page is out of date',
    advice: 'Go back, load the page again, and repeat what you did.',
  },
  link_used: {
    title: 'This link does not work any more',
    advice: 'Links work once, for 24 hours. Whoever gave it to you can make another.',
  },
  disk_low: { title: 'Podium has no room', advice: 'Whoever runs this Podium has to free some disk.' },
}

const fault = {
  title: 'Something went wrong on Podium',
  advice: 'It is not what you did. Try again; if it comes back, quote the code below to whoever runs this Podium.',
}

/** The whole page. */
export function ErrorPage({ page, status, message, code, reason = '', retryAfterSeconds }: ErrorProps): SafeHtml {
  const { title, advice } = wordsOfReason[reason] ?? words[status] ?? fault
  return (
    <Layout page={page} title={title}>
      <main id="main" class="page">
        <div class="trouble stack">
          <Mark />
          <h1>{title}</h1>
          {message === `${title}.` ? null : <p>{message}</p>}
          <p class="muted">
            {advice}
            {retryAfterSeconds === null
              ? ''
              : ` In ${counted(Math.ceil(retryAfterSeconds), 'second')} it is worth another try.`}{' '}
            Drafts and answers that were saved are safe.
          </p>
          <div class="row">
            {status === 401 ? (
              <a class="btn key" href={`/sign-in?next=${encodeURIComponent(page.path)}`}>
                Sign in
              </a>
            ) : (
              <a class="btn key" href="/exercises">
                To the exercises
              </a>
            )}
            <a class="btn" href="/">
              Home
            </a>
          </div>
          <p class="faint">
            Code <code>{code}</code>
          </p>
        </div>
      </main>
    </Layout>
  )
}

/** The same for a form that replaces a part of a page. */
export function ErrorFragment({ message, code }: Pick<ErrorProps, 'message' | 'code'>): SafeHtml {
  return (
    <Say
      look={{ hue: 'slow', shape: 'warn' }}
      title={message}
      help={
        <>
          What you wrote is safe. Code <code>{code}</code>
        </>
      }
    />
  )
}
