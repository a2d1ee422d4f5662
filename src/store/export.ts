/** Everything Podium keeps of one person, as JSON for that person. Never a hash of a password, cookie or token. */
import type { Sql } from './connect.ts'

/** Rows read at a time, so that a large account takes no more memory than a small one: a draft may be 256 KB. */
const rowsAtOnce = 10

/** The parts of the copy, each a query for one person's rows in their order. */
const parts = {
  account: (sql: Sql, userId: string) => sql`
    select id, role, name, display_name, email, is_listed, created_at, last_seen_at from users where id = ${userId}
  `,
  sessions: (sql: Sql, userId: string) => sql`
    select user_agent, address, created_at, last_seen_at, expires_at from sessions
    where user_id = ${userId} order by created_at
  `,
  tokens: (sql: Sql, userId: string) => sql`
    select label, beginning, created_at, expires_at, last_used_at from tokens where user_id = ${userId} order by created_at
  `,
  attempts: (sql: Sql, userId: string) => sql`
    select id, exercise_slug, exercise_version, outcome, accepted_at, hints_shown, hints_counted, solution_shown_at,
      best_score, best_at, created_at, last_active_at
    from attempts where user_id = ${userId} order by id
  `,
  drafts: (sql: Sql, userId: string) => sql`
    select d.attempt_id, d.version, d.text, d.saved_at from drafts d join attempts a on a.id = d.attempt_id
    where a.user_id = ${userId} order by d.attempt_id, d.version
  `,
  submissions: (sql: Sql, userId: string) => sql`
    select s.id, s.attempt_id, s.text, s.submitted_at, s.verdict, s.judged_at, s.score
    from submissions s join attempts a on a.id = s.attempt_id where a.user_id = ${userId} order by s.id
  `,
  events: (sql: Sql, userId: string) => sql`
    select e.attempt_id, e.position, e.kind, e.payload, e.result, e.created_at
    from events e join attempts a on a.id = e.attempt_id where a.user_id = ${userId} order by e.attempt_id, e.position
  `,
  leases: (sql: Sql, userId: string) => sql`
    select kind, purpose, address, created_at, ended_at, end_reason from leases where user_id = ${userId} order by created_at
  `,
  audit: (sql: Sql, userId: string) => sql`
    select at, action, actor_id = ${userId} as by_yourself, subject, detail from audit
    where actor_id = ${userId} or subject = ${userId}::text order by id
  `,
}

/** One JSON object in pieces: `{"account":[…],"sessions":[…],…}`. Reading may stop at any time. */
export async function* exportUser(sql: Sql, { userId }: { userId: string }): AsyncGenerator<string> {
  let opening = '{'
  for (const [name, query] of Object.entries(parts)) {
    yield `${opening}${JSON.stringify(name)}:[`
    opening = ',\n'
    let comma = ''
    for await (const rows of query(sql, userId).cursor(rowsAtOnce)) {
      yield comma + rows.map((row) => JSON.stringify(row)).join(',\n')
      comma = ',\n'
    }
    yield ']'
  }
  yield '}\n'
}
