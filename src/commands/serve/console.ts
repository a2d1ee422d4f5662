/** What the console says after the start: where Podium is, where its data is, what is on and off, how to stop. */
import type { Config } from '../../config.ts'
import { describeExecutions } from './executions.ts'
import type { StartedParts } from './parts.ts'

/** Prints the few lines. `adminSecret` is that of the link to the first administrator; null where there is one. */
export function announce(
  print: (line: string) => void,
  options: { config: Config; parts: StartedParts; port: number; startMs: number; adminSecret: string | null },
): void {
  const { config, parts, port, startMs, adminSecret } = options
  const exercises = parts.library.current().tracks.reduce((sum, track) => sum + track.exercises.length, 0)
  const { boxProblem } = parts
  print(`Podium is ready: ${addressOf(config, port)}   (${Math.round(startMs)} ms)`)
  print(`  Data       ${config.dataDir}${config.databaseUrl === null ? '' : ', control plane at DATABASE_URL'}`)
  print(
    `  SQL        PostgreSQL ${parts.serverVersion}, at most ${config.sandboxesMax} sandboxes, ${exercises} exercises`,
  )
  print(`  Code       ${describeExecutions(parts.code)}`)
  print(`  Boxes      ${boxProblem === null ? 'on (bubblewrap)' : `off: ${boxProblem}. podium doctor tells the mend`}`)
  print(`  People     guests ${config.guests ? 'on' : 'off'}, sign-up ${config.signUp}`)
  if (adminSecret !== null) {
    print('  Admin      nobody administers this Podium yet. This link makes you its administrator, once, within 24 h:')
    print(`             ${addressOf(config, port)}/links?key=${adminSecret}`)
  }
  print('  Stop       Ctrl-C')
}

function addressOf({ baseUrl, host }: Config, port: number): string {
  if (baseUrl !== null) return baseUrl
  const isEverywhere = host === '0.0.0.0' || host === '::'
  const name = host === '127.0.0.1' || isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
