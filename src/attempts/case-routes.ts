/** The smallest counterexample to a wrong answer: asked for when its verdict is on the page, off the hot path. */
import { Elysia } from 'elysia'
import { CasePage, CasePane } from '../../views/attempts/counterexample.tsx'
import { type Door, requestViewer, requireViewer } from '../accounts/request-viewer.ts'
import { sightOf, type Viewer } from '../accounts/viewer.ts'
import { Failure } from '../failure.ts'
import { mayHaveCounterexample } from '../grading/case-aims.ts'
import type { Grader } from '../grading/grade.ts'
import type { Verdict } from '../grading/verdict.ts'
import { htmlResponse } from '../http/edge.ts'
import { pageProps } from '../http/page.ts'
import { rateLimiter } from '../http/rate-limit.ts'
import { gradingLine } from '../sandboxes/statements.ts'
import { findSubmission, type SubmissionOfExercise } from '../store/submissions.ts'
import { beganWith, type Versions } from './attempt.ts'
import { caseAnswer, caseSchema } from './case-answer.ts'
import { holderOf } from './holder.ts'

/** What the search needs. */
export interface CaseParts extends Versions {
  door: Door
  findCase: Grader['counterexample']
}

/** A search takes a sandbox for up to two seconds: a person who reloads does not take them all. */
const searchRate = { burst: 10, perMinute: 20 }

type Judged = SubmissionOfExercise<Verdict>

/** The routes of /attempts/:id/submissions/:submission/counterexample and /api/submissions/:id/counterexample. */
export function caseRoutes(parts: CaseParts) {
  const { door, findCase } = parts
  const rate = rateLimiter('counterexample', searchRate)
  async function search(
    { exerciseSlug: slug, exerciseVersion, text, verdict }: Judged,
    viewer: Viewer,
    request: Request,
  ) {
    const exercise = await beganWith(parts, { slug, exerciseVersion }, sightOf(viewer))
    if (verdict?.kind !== 'wrong_answer') return null
    rate.take(viewer.userId)
    if (exercise?.kind !== 'sql' || !mayHaveCounterexample(exercise, verdict)) return null
    return await findCase({ exercise, answer: text, line: gradingLine(holderOf(viewer, request)) })
  }
  return new Elysia()
    .use(requestViewer(door))
    .get(
      '/api/submissions/:id/counterexample',
      async ({ params, request, viewer: someone }) => {
        const viewer = requireViewer(someone)
        const submission = await findSubmission<Verdict>(door.sql, { id: params.id, viewer })
        if (submission === null) throw new Failure('missing', 'There is no such answer of yours.')
        return { counterexample: caseAnswer(await search(submission, viewer, request)) }
      },
      {
        response: { 200: caseSchema },
        detail: {
          summary: 'The fewest rows on which a wrong answer of yours still differs, or still fails a check',
          description:
            'null where there is nothing small to show. Searching takes up to two seconds, 20 times a minute.',
        },
      },
    )
    .get('/attempts/:id/submissions/:submission/counterexample', async ({ params, request, viewer: someone, csrf }) => {
      const viewer = requireViewer(someone)
      const submission = await findSubmission<Verdict>(door.sql, { id: params.submission, viewer })
      if (submission === null || submission.attemptId !== params.id) {
        throw new Failure('missing', 'There is no such answer here.')
      }
      const found = await search(submission, viewer, request)
      if (request.headers.get('hx-request') === 'true') return htmlResponse(request, CasePane({ found }).toString())
      const page = pageProps(request, { viewer, csrf })
      const html = CasePage({ page, title: 'The smallest case', back: `/exercises/${submission.exerciseSlug}`, found })
      return htmlResponse(request, html.toString())
    })
}
