/** `podium runtime list`: every language, its version and where it is; what is missing, with the mend. */
import { embeddedSource } from '../catalog/content-source.ts'
import { type Config, readConfig } from '../config.ts'
import { embeddedBytes, embeddedText, listEmbedded } from '../embedded.ts'
import type { OpenRuntime, Runtimes } from '../runtimes/runtime.ts'
import { silentLog } from '../telemetry/log.ts'
import type { CommandInput } from './command.ts'
import { startExecutions } from './serve/executions.ts'

/** Opens every language, so that what is listed is ready for use. Exit code 1 where programs can't be run. */
export async function run({ flags, env, print }: CommandInput): Promise<number> {
  const config = readConfig({ env, flags })
  const { problem, lines } = await openLanguages(config, async (runtimes) =>
    flags.json === undefined ? await runtimeLines(runtimes) : [JSON.stringify(await asJson(runtimes), null, 2)],
  )
  if (problem !== null) print(`Code exercises are off: ${problem}. podium doctor tells the mend`)
  for (const line of lines) print(line)
  return problem === null ? 0 : 1
}

/** Starts what programs run in, for a moment. */
export async function openLanguages(
  config: Config,
  describe: (runtimes: Runtimes) => Promise<string[]>,
): Promise<{ problem: string | null; lines: string[] }> {
  const builtin = embeddedSource({ list: listEmbedded, text: embeddedText, bytes: embeddedBytes })
  const code = await startExecutions(config, { dataDir: config.dataDir, builtin, log: silentLog })
  try {
    return { problem: code.problem, lines: await describe(code.runtimes) }
  } finally {
    await code.pool.stop()
  }
}

/** A line for each language. */
export async function runtimeLines(runtimes: Runtimes): Promise<string[]> {
  const width = Math.max(...runtimes.list.map(({ title }) => title.length)) + 2
  const lines = runtimes.list.map(async ({ name, title, version, problem }) => {
    if (problem !== null) return `${title.padEnd(width)}${problem}`
    return `${title.padEnd(width)}${version}   ${placeOf(await runtimes.open(name))}`
  })
  const problems = runtimes.problems.map(
    ({ file, line, key, message }) =>
      `content  ${file}${line === null ? '' : `:${line}`}${key ? ` ${key}` : ''}: ${message}`,
  )
  return [...(await Promise.all(lines)), ...problems]
}

async function asJson(runtimes: Runtimes) {
  const languages = await Promise.all(
    runtimes.list.map(async ({ name, title, version, problem }) => ({
      ...{ name, title, version, problem },
      place: problem === null ? placeOf(await runtimes.open(name)) : null,
    })),
  )
  return { languages, problems: runtimes.problems }
}

/** The programs, on this machine or below the root filesystem that they are in. */
function placeOf({ programs, box }: OpenRuntime): string {
  return Object.values(programs)
    .map((path) => box.binds.find(({ to }) => to === path)?.from ?? `${box.root ?? ''}${path}`)
    .join(', ')
}
