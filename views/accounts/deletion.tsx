/** What somebody's data are, and the question before an account goes with them. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, Layout, type PageProps } from '../layout.tsx'
import { Field } from '../parts/field.tsx'
import { type FormProblem, ProblemOfForm, problemOf } from './problem.tsx'

/** Ways to take everything along, or away. */
export function YourData(): SafeHtml {
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

/** The question before an account goes. */
export function DeletionPage({ page, problem }: { page: PageProps; problem: FormProblem | null }): SafeHtml {
  return (
    <Layout page={page} title="Delete my account">
      <main id="main" class="page">
        <form class="question stack" method="post" action="/account/deletion">
          <h1>Delete your account?</h1>
          <p>Your attempts, drafts, answers and their log go with it. They cannot be brought back.</p>
          <ProblemOfForm problem={problem} />
          <Field
            id="password"
            name="password"
            label="Password"
            type="password"
            autocomplete="current-password"
            error={problemOf('password', problem)}
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
