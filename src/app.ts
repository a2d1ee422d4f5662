/** Podium's routes in the order of their addresses: the table of contents, and the one place where the parts meet. */
import { Elysia } from 'elysia'
import { ErrorFragment, ErrorPage } from '../views/error.tsx'
import { profileRoutes } from './accounts/account-routes.ts'
import { accountApiRoutes } from './accounts/api-routes.ts'
import { linkRoutes } from './accounts/link-routes.ts'
import { type AccountParts, accountRoutes } from './accounts/routes.ts'
import { type AdminParts, adminRoutes } from './admin/routes.ts'
import { attemptApiRoutes } from './attempts/api-routes.ts'
import { type CaseParts, caseRoutes } from './attempts/case-routes.ts'
import { codeRoutes } from './attempts/code-routes.ts'
import { homeRoutes } from './attempts/home-routes.ts'
import { leaderboardRoutes } from './attempts/leaderboard-routes.ts'
import { type AttemptParts, attemptRoutes } from './attempts/routes.ts'
import { type CatalogParts, catalogRoutes } from './catalog/routes.ts'
import { docsRoutes } from './docs/routes.ts'
import type { Failure } from './failure.ts'
import { type HealthParts, healthRoutes } from './health/routes.ts'
import { assetRoutes } from './http/assets.ts'
import { createEdge, type EdgeOptions, type RequestFacts } from './http/edge.ts'
import { errorPageProps } from './http/page.ts'
import { connectionFailure } from './store/connect.ts'

/** Everything that the pages and the API work with. */
export interface AppParts extends AttemptParts, AccountParts, AdminParts, CatalogParts, HealthParts, CaseParts {
  edge: Omit<EdgeOptions, 'errorPage' | 'explain'>
}

/** The longest request, in bytes: a text of the greatest length in the longest encoding, and some fields. */
const requestBytesMax = 2 * 1024 * 1024
/** A run may say nothing for as long as its time limit; a connection that is silent for longer is closed. */
const idleTimeoutSeconds = 120

/** Puts the program together. */
export function createApp(parts: AppParts) {
  const app = new Elysia({
    // Elysia's own way makes files of a text where a body should have a map of them: "x" would be {"0": "x"}.
    normalize: 'typebox',
    // A port that another program has is an error to tell, not one to share.
    serve: { maxRequestBodySize: requestBytesMax, idleTimeout: idleTimeoutSeconds, reusePort: false },
  })
    .use(createEdge({ ...parts.edge, errorPage, explain: connectionFailure }))
    .use(homeRoutes(parts)) //         /
    .use(attemptApiRoutes(parts)) //   /api/attempts, /api/execute, /api/leaderboard, /api/submissions, /api/validate
    .use(accountApiRoutes(parts)) //   /api/users
    .use(catalogRoutes(parts)) //      /api/exercises, /exercises
    .use(attemptRoutes(parts)) //      /exercises/:slug, /attempts/:id/…
    .use(codeRoutes(parts)) //         /attempts/:id/output, /attempts/:id/programs, /attempts/:id/trials
    .use(caseRoutes(parts)) //         /attempts/:id/submissions/:submission/counterexample
    .use(leaderboardRoutes(parts)) //  /leaderboard
    .use(healthRoutes(parts)) //       /health, /health/ready, /metrics
    .use(adminRoutes(parts)) //        /admin
    .use(profileRoutes(parts)) //      /account
    .use(linkRoutes(parts)) //         /links
    .use(accountRoutes(parts)) //      /register, /sessions, /sign-in, /sign-out, /users
    .use(assetRoutes()) //             /static/…
  return app.use(docsRoutes(parts, app)) // /docs, which describes all of the above
}

/** How a failure looks as a page, or in the place that a script asked for. */
function errorPage(failure: Failure, status: number, facts: RequestFacts, request: Request): string {
  if (request.headers.get('hx-request') === 'true')
    return ErrorFragment({ message: failure.message, code: facts.id }).toString()
  const retryAfterSeconds = failure.retryAfterSeconds ?? null
  const { message, code: reason } = failure
  const page = errorPageProps(request)
  return ErrorPage({ page, status, message, code: facts.id, reason, retryAfterSeconds }).toString()
}
