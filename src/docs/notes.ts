/** What the schemas of the API's routes can't say: how each is refused, and a request that works. */

/** A way to be refused. */
export interface Refusal {
  status: number
  /** Of the problem document. */
  code: string
  when: string
}

/** What is known of one operation beside its schemas. */
export interface OperationNotes {
  refusals: readonly Refusal[]
  /** Values of a request that works; where left out, one without parameters and body does. */
  example?: { path?: Record<string, string>; query?: Record<string, string>; body?: Record<string, unknown> }
}

const refusal = (status: number, code: string, when: string): Refusal => ({ status, code, when })

const signIn = refusal(401, 'sign_in_needed', 'Nobody is signed in, or the API token is unknown or has expired.')
const token = refusal(401, 'sign_in_needed', 'An API token was sent that is unknown or has expired.')
const forged = refusal(403, 'csrf', 'A change by cookie without `x-csrf`, or from another site.')
const noExercise = refusal(404, 'missing', 'There is no such exercise, or it is not published.')
const notYours = refusal(404, 'missing', 'There is none of this id that is yours.')
const invalid = refusal(422, 'invalid', 'A field is missing or not valid; `detail` names it.')
const diskLow = refusal(503, 'disk_low', 'The disk is almost full; drafts are still saved.')
const signInPace = refusal(429, 'rate_sign_in', '10 tries at once with one name, then 6 a minute; more for an address.')
const sandboxes = [
  refusal(429, 'person_full', 'Something runs in each of your sandboxes. `address_full`: in those of all guests here.'),
  refusal(429, 'statements_full', 'Too many statements wait for their turn.'),
  refusal(503, 'pool_full', 'All sandboxes are in use.'),
  refusal(503, 'claim_timeout', 'No sandbox could be made in time. `needs_box`: not on this machine.'),
]
const code = [
  refusal(422, 'answer_invalid', 'The files are no answer: a name that can’t be, a file that isn’t yours to change.'),
  refusal(422, 'wrong_kind', 'SQL for an exercise about code, or files for one about SQL.'),
  refusal(503, 'needs_missing', 'The language, or a module that the exercise needs, is not here.'),
]
const sql = 'select title from film'
const exercise = 'whole-shelf'
const id = '0198c0de-0000-7000-8000-000000000000'

/** By method and path. A test holds that each documented operation is here, and no other. */
export const operationNotes: Readonly<Record<string, OperationNotes>> = {
  'GET /api/attempts/{id}': {
    refusals: [signIn, notYours, invalid],
    example: { path: { id }, query: { limit: '50' } },
  },
  'POST /api/execute': {
    refusals: [
      signIn,
      forged,
      noExercise,
      refusal(409, 'already_running', 'Something of yours runs in this exercise.'),
      invalid,
      ...code,
      refusal(429, 'boxes_full', 'Too many programs run. `boxes_off` (503): programs can’t be run on this machine.'),
      ...sandboxes,
      diskLow,
    ],
    example: { body: { exercise, sql: 'select * from item limit 3' } },
  },
  'GET /api/exercises': { refusals: [token] },
  'GET /api/exercises/{slug}': { refusals: [token, noExercise], example: { path: { slug: exercise } } },
  'GET /api/leaderboard': {
    refusals: [
      refusal(401, 'sign_in_needed', 'Guests are switched off, and nobody is signed in.'),
      refusal(404, 'missing', 'There is no such track.'),
      invalid,
    ],
    example: { query: { track: 'joins', limit: '10' } },
  },
  'GET /api/submissions': { refusals: [signIn, invalid], example: { query: { exercise, limit: '50' } } },
  'POST /api/submissions': {
    refusals: [
      signIn,
      forged,
      noExercise,
      refusal(409, 'already_checking', 'An answer of yours is still being checked.'),
      invalid,
      ...code,
      refusal(429, 'rate_submissions', '30 answers at once, then 30 a minute; more for an address.'),
      diskLow,
    ],
    example: { body: { exercise, sql: 'select name, category, daily_fee from item' } },
  },
  'GET /api/submissions/{id}': { refusals: [signIn, notYours], example: { path: { id } } },
  'GET /api/submissions/{id}/counterexample': {
    refusals: [signIn, notYours, refusal(429, 'rate_counterexample', '10 searches at once, then 20 a minute.')],
    example: { path: { id } },
  },
  'POST /api/users/login': {
    refusals: [
      refusal(403, 'wrong_credentials', 'Name and password do not belong together.'),
      invalid,
      signInPace,
      refusal(429, 'sign_in_busy', 'Too many people sign in at this moment.'),
    ],
    example: { body: { name: 'ada', password: 'a long password' } },
  },
  'GET /api/users/me': { refusals: [signIn] },
  'POST /api/users/register': {
    refusals: [
      refusal(403, 'sign_up_closed', 'Accounts are made by whoever runs this Podium.'),
      refusal(409, 'name_taken', 'Somebody has this name. `email_taken`: this address.'),
      refusal(409, 'signed_in_already', 'Sign out first.'),
      refusal(422, 'password_weak', 'The password is too short or too common.'),
      invalid,
      signInPace,
    ],
    example: { body: { name: 'ada', password: 'a long password', email: 'ada@example.org' } },
  },
  'POST /api/validate': {
    refusals: [invalid, refusal(429, 'rate_validations', '60 texts at once from one address, then 120 a minute.')],
    example: { body: { sql } },
  },
  'GET /health': { refusals: [] },
  'GET /health/ready': { refusals: [refusal(503, 'database', 'The control plane does not answer.')] },
  'GET /metrics': {
    refusals: [refusal(403, 'forbidden', 'Asked from another machine without the token of PODIUM_METRICS_TOKEN.')],
  },
}
