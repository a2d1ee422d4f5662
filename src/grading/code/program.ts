/** Programs made ready and run: an answer, or a program of the author's. One run, one box. */
import type { CodeExercise, JudgeProgram, PlainFile } from '../../catalog/code-exercise.ts'
import { Failure } from '../../failure.ts'
import type { BoxFile, ExecutionLimits, ExecutionResult, Job, JobListener } from '../../pods/execution.ts'
import type { OpenRuntime, Runtimes } from '../../runtimes/runtime.ts'
import type { BoxWant } from '../../sandboxes/boxes.ts'
import { limitsWithin } from '../../sandboxes/execution-limits.ts'
import { databaseEnvironment, relayLimits, type UseBox, type UseBoxes } from '../../sandboxes/executions.ts'
import { type UseSandbox, wantForPrograms } from '../sandbox-use.ts'

/** What runs of code are made of. */
export interface CodeParts {
  runtimes: Runtimes
  useBox: UseBox
  useBoxes: UseBoxes
  /** Databases for the answers of exercises that have one. */
  useSandbox: UseSandbox
  /** What a run may take where neither the exercise nor the language says otherwise. */
  limits: ExecutionLimits
}

/** For whom something runs, and how it is called off. */
export interface CodeUse {
  /** See `BoxUse.personId`. */
  personId: string
  signal?: AbortSignal
}

/** A program as it is written. */
export interface Source {
  language: string
  entry: string
  files: readonly PlainFile[]
  /** What it sets itself. */
  limits: Partial<ExecutionLimits>
  /** The database that each of its runs gets a fresh clone of; null: none. */
  database: CodeExercise['database']
}

/** A program that can be run, as often as is wanted. */
export interface Prepared {
  runtime: OpenRuntime
  argv: readonly string[]
  files: readonly BoxFile[]
  /** What compiling left; null where nothing was compiled. */
  archive: Uint8Array | null
  limits: ExecutionLimits
  database: CodeExercise['database']
}

/** An answer, for what is shown and for what is not: what is not shown is in no box whose output somebody sees. */
export interface PreparedAnswer {
  shown: Prepared
  /** With the hidden files; the same where there are none. */
  secret: Prepared
}

/** The program that a case or a file of tests is run with. */
export function answerFor({ shown, secret }: PreparedAnswer, { isVisible }: { isVisible: boolean }): Prepared {
  return isVisible ? shown : secret
}

/** What a run may say about itself. */
export interface RunWish {
  /** Added to the command. */
  words?: readonly string[]
  /** In place of the program's own command. */
  argv?: readonly string[]
  stdin?: Job['stdin']
  /** Put into the workspace after the program's own files. */
  files?: readonly BoxFile[]
  env?: Readonly<Record<string, string>>
  /** In place of what the program's compiling left. */
  archive?: Uint8Array | null
  hasChannel?: boolean
  archives?: boolean
  onOutput?: JobListener['onOutput']
}

/** What the answer to an exercise may take: the exercise's word over the language's over the settings'. */
export function limitsOf(
  parts: Pick<CodeParts, 'runtimes' | 'limits'>,
  language: string,
  own: Partial<ExecutionLimits>,
): ExecutionLimits {
  return limitsWithin(parts.limits, parts.runtimes.find(language)?.limits ?? {}, own)
}

/** The box that the answer to an exercise runs in. Throws `Failure` where the language is not to be had. */
export async function boxWantOf(
  parts: Pick<CodeParts, 'runtimes' | 'limits'>,
  { language, limits }: Pick<CodeExercise, 'language' | 'limits'>,
): Promise<BoxWant> {
  const { box } = await parts.runtimes.open(language)
  return { runtime: box, limits: limitsOf(parts, language, limits) }
}

/** The workspace that an answer runs in: the exercise's own files, then the answer's. */
export function workspaceOf(
  { files }: CodeExercise,
  answer: ReadonlyMap<string, string>,
  { withHidden }: { withHidden: boolean },
): PlainFile[] {
  const fixed = files.filter(({ access }) => access === 'read' || (withHidden && access === 'hidden'))
  const own = [...answer].map(([path, text]) => ({ path, content: Buffer.from(text) }))
  return [...fixed.map(({ path, content }) => ({ path, content })), ...own]
}

/** An author's program as it is written. */
export function judgeSource({ language, entry, files }: JudgeProgram): Source {
  return { language, entry, files, limits: {}, database: null }
}

/**
 * Makes a program ready; where it does not compile, the compiler's run. Throws `Failure` where the language or a box is
 * not to be had.
 */
export async function prepare(
  parts: CodeParts,
  source: Source,
  use: CodeUse,
): Promise<{ prepared: Prepared } | { compiler: ExecutionResult }> {
  const runtime = await parts.runtimes.open(source.language)
  const commands = runtime.commands({ entry: source.entry, files: source.files.map(({ path }) => path) })
  const limits = limitsOf(parts, source.language, source.limits)
  const { files, database } = source
  const prepared: Prepared = { runtime, argv: commands.run, files, archive: null, limits, database }
  if (commands.compile === null) return { prepared }
  const compileLimits = limitsWithin(parts.limits, runtime.runtime.compileLimits)
  const compiling = { ...runtime, box: await runtime.compileBox() }
  const compiler = await run(
    parts,
    { ...prepared, runtime: compiling, argv: commands.compile, limits: compileLimits, database: null },
    { archives: true },
    use,
  )
  if (compiler.end !== 'exited' || compiler.exitCode !== 0) return { compiler }
  if (compiler.archive === null) throw new Error(`What compiling ${source.entry} left is too large to be run`)
  return { prepared: { ...prepared, archive: compiler.archive } }
}

/** Runs it in a fresh box. A box that went away is tried once more; throws `Failure('unavailable')` where that goes too. */
export async function run(parts: CodeParts, prepared: Prepared, wish: RunWish, use: CodeUse): Promise<ExecutionResult> {
  const once = () => runOnce(parts, prepared, wish, use)
  const first = await once()
  // Standard input that came bit by bit can't come again.
  if (first.end !== 'lost' || (wish.stdin !== undefined && !(wish.stdin instanceof Uint8Array))) return kept(first)
  return kept(await once())
}

async function runOnce(parts: CodeParts, prepared: Prepared, wish: RunWish, use: CodeUse): Promise<ExecutionResult> {
  const { database, limits } = prepared
  const job = jobOf(prepared, wish)
  const inBox = async (databaseSocket: string | null, env: Job['env']) => {
    const want = { runtime: prepared.runtime.box, limits, databaseSocket }
    const all = { ...job, env: { ...job.env, ...env } }
    return await parts.useBox(want, (box) => box.run(all, listenerOf(wish, use)), use)
  }
  if (database === null) return await inBox(null, {})
  const want = wantForPrograms(database)
  return await parts.useSandbox(
    want,
    async (sandbox) => {
      const relay = await sandbox.relay(relayLimits(limits))
      return await inBox(relay.socketPath, databaseEnvironment).finally(() => relay.close())
    },
    use.personId,
  )
}

function kept(result: ExecutionResult): ExecutionResult {
  if (result.end !== 'lost') return result
  throw new Failure('unavailable', 'The box of this run went away. Try again in a moment.', { code: 'box_lost' })
}

/** The job of a run. */
export function jobOf(prepared: Prepared, wish: RunWish): Job {
  return {
    argv: wish.argv ?? [...prepared.argv, ...(wish.words ?? [])],
    env: wish.env ?? {},
    files: [...prepared.files, ...(wish.files ?? [])],
    archive: wish.archive === undefined ? prepared.archive : wish.archive,
    stdin: wish.stdin ?? new Uint8Array(),
    limits: prepared.limits,
    hasChannel: wish.hasChannel ?? false,
    archives: wish.archives ?? false,
  }
}

/** Who listens to a run. */
export function listenerOf({ onOutput }: RunWish, { signal }: CodeUse): JobListener {
  return { ...(onOutput && { onOutput }), ...(signal && { signal }) }
}
