/** The smallest counterexample to a wrong answer: asked for when its verdict is on the page, off the hot path. */
import { Elysia } from 'elysia'
import { CasePage, CasePane } from '../../views/attempts/counterexample.tsx'
import { type Door, requestViewer, requireViewer } from '../accounts/request-viewer.ts'
import { sightOf } from '../accounts/viewer.ts'
import { Failure } from '../failure.ts'
import type { Grader } from '../grading/grade.ts'
import { htmlResponse } from '../http/edge.ts'
import { pageProps } from '../http/page.ts'
import { rateLimiter } from '../http/rate-limit.ts'
import { gradingLine } from '../sandboxes/statements.ts'
import { findSubmission } from '../store/submissions.ts'
import { beganWith, type Versions } from './attempt.ts'
import { holderOf } from './holder.ts'

/** What the search needs. */
export interface CaseParts extends Versions {
  door: Door
  findCase: Grader['counterexample']
}

/** A search takes a sandbox for up to two seconds: a person who reloads does not take them all. */
const searchRate = { burst: 10, perMinute: 20 }

/** The route of /attempts/:id/submissions/:submission/counterexample. */
export function caseRoutes(parts: CaseParts) {
  const { door, findCase } = parts
  const rate = rateLimiter('counterexample', searchRate)
  return new Elysia()
    .use(requestViewer(door))
    .get('/attempts/:id/submissions/:submission/counterexample', async ({ params, request, viewer: someone, csrf }) => {
      const viewer = requireViewer(someone)
      const submission = await findSubmission(door.sql, { id: params.submission, viewer })
      if (submission === null || submission.attemptId !== params.id) {
        throw new Failure('missing', 'There is no such answer here.')
      }
      const { exerciseSlug: slug, exerciseVersion, text, verdict } = submission
      const exercise = await beganWith(parts, { slug, exerciseVersion }, sightOf(viewer))
      const isWrong = verdict?.kind === 'wrong_answer'
      if (isWrong) rate.take(viewer.userId)
      const line = gradingLine(holderOf(viewer, request))
      const found = isWrong && exercise?.kind === 'sql' ? await findCase({ exercise, answer: text, line }) : null
      if (request.headers.get('hx-request') === 'true') return htmlResponse(request, CasePane({ found }).toString())
      const page = pageProps(request, { viewer, csrf })
      const html = CasePage({ page, title: 'The smallest case', back: `/exercises/${slug}`, found })
      return htmlResponse(request, html.toString())
    })
}
