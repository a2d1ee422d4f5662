/** Grading by a script that looks at what the answer's run left in the workspace. */
import { randomBytes } from 'node:crypto'
import type { WorkspaceGrading } from '../../catalog/code-exercise.ts'
import type { ExecutionResult } from '../../pods/execution.ts'
import { badEndOf, isSyntaxError } from './ends.ts'
import { type CodeParts, type CodeUse, type Prepared, run } from './program.ts'
import { blankItem, type CodeItem, shownText } from './results.ts'
import { weightOf } from './weights.ts'

/** What the checks came to. */
export interface ChecksOutcome {
  items: CodeItem[]
  /** The answer's own run. */
  result: ExecutionResult
  syntax: string | null
}

/** A check as the script tells it. */
interface ToldCheck {
  name: string
  isRight: boolean
  message: string | null
}

const checksMax = 200

/** What a repository's own settings would have git start by the way. Filters and drivers of other names remain. */
const gitSettings = {
  ...{
    'core.fsmonitor': 'false',
    'core.hooksPath': '/dev/null',
    'core.pager': 'cat',
    'core.attributesFile': '/dev/null',
  },
  ...{ 'core.editor': 'false', 'core.askPass': 'false', 'core.sshCommand': 'false', 'sequence.editor': 'false' },
  ...{ 'gpg.program': 'false', 'gpg.ssh.program': 'false', 'log.showSignature': 'false', 'credential.helper': '' },
}
const quietGit: Readonly<Record<string, string>> = Object.fromEntries([
  ['GIT_CONFIG_NOSYSTEM', '1'],
  ['GIT_CONFIG_GLOBAL', '/dev/null'],
  ['GIT_CONFIG_COUNT', String(Object.keys(gitSettings).length)],
  ...Object.entries(gitSettings).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]),
])

/**
 * Runs the answer, then the script over what it left. `expected` has the names that the reference's checks have; null
 * where this is the reference. Throws an Error where the script itself breaks over the reference.
 */
export async function gradeChecks(
  parts: CodeParts,
  { grading, answer, script }: { grading: WorkspaceGrading; answer: Prepared; script: Prepared },
  expected: readonly string[] | null,
  use: CodeUse,
): Promise<ChecksOutcome> {
  const result = await run(parts, answer, { archives: true }, use)
  // A program may well end with an error and have left what is right; what it left decides.
  const bad = result.end === 'exited' ? null : badEndOf(result)
  if (bad !== null || result.archive === null) {
    const items = (expected ?? ['the program']).map((name) => itemOf({ name, isRight: false, message: null }, grading))
    const end = bad ?? { outcome: 'output_limit' as const, message: 'what it left is too large', limit: null }
    return { items: items.map((item) => ({ ...item, ...end })), result, syntax: null }
  }
  // Beside the workspace, the script may ask the data of this run, fresh, what is right there.
  const judge = { ...script, database: answer.database }
  const told = await look(parts, judge, { ...result, archive: result.archive }, grading, use)
  if (expected === null && !told.isWhole) throw new Error(`The script of checks broke: ${told.said}`)
  const names = expected ?? told.checks.map(({ name }) => name)
  // Whoever ends the script when all that was told is good, or has it told what the script's own end denies, has led it.
  const isBroken = !told.hasEnded || (!told.isWhole && told.checks.every(({ isRight }) => isRight))
  const items = names.map((name) => {
    if (isBroken) return itemOf({ name, isRight: false, message: 'The checks did not come to their end.' }, grading)
    const found = told.checks.filter((check) => check.name === name)
    const message = 'The check did not come to an end.'
    const [only = { name, isRight: false, message }] = found
    // Told twice, once right and once wrong: somebody else has told it.
    return itemOf(found.every(({ isRight }) => isRight) ? only : { ...only, isRight: false }, grading)
  })
  return { items, result, syntax: isSyntaxError(result) ? shownText(result.stderr) : null }
}

function itemOf({ name, isRight, message }: ToldCheck, { weights }: WorkspaceGrading): CodeItem {
  const blank = blankItem({ name, isVisible: true, weight: weightOf(name, weights) })
  return { ...blank, outcome: isRight ? 'passed' : 'failed', message: isRight ? null : message }
}

/** The script's folder has a name that nobody could have made a file in before. */
async function look(
  parts: CodeParts,
  script: Prepared,
  left: ExecutionResult & { archive: Uint8Array },
  { script: { entry, flags } }: WorkspaceGrading,
  use: CodeUse,
): Promise<{ checks: ToldCheck[]; hasEnded: boolean; isWhole: boolean; said: string }> {
  const folder = `.check-${randomBytes(8).toString('hex')}`
  const runFolder = `${folder}/run`
  const files = [
    ...script.files.map(({ path, content }) => ({ path: `${folder}/${path}`, content })),
    { path: `${runFolder}/stdout`, content: left.stdout },
    { path: `${runFolder}/stderr`, content: left.stderr },
    { path: `${runFolder}/exit`, content: Buffer.from(`${left.exitCode ?? ''}\n`) },
  ]
  const { programs } = script.runtime
  const moved = script.runtime.commands({ entry: `${folder}/${entry}`, files: files.map(({ path }) => path) })
  // Bun reads these before the script, wherever it finds them first.
  if (programs['bun'] !== undefined && moved.run[0] === programs['bun']) {
    files.push({ path: 'bunfig.toml', content: Buffer.alloc(0) })
    files.push({ path: 'tsconfig.json', content: Buffer.from('{}') })
    // The author's own one comes after it.
    files.unshift({ path: `${folder}/tsconfig.json`, content: Buffer.from('{}') })
  }
  const env = { ...quietGit, RUN: `/work/${runFolder}`, CHECK: `/work/${folder}`, HOME: `/work/${folder}` }
  const wish = { argv: [...moved.run, ...flags], archive: left.archive, files, env, hasChannel: true }
  const result = await run(parts, { ...script, files: [] }, wish, use)
  const checks = readChecks(result.channel)
  return {
    checks,
    hasEnded: result.end === 'exited',
    isWhole: result.end === 'exited' && result.exitCode === 0 && checks.length > 0,
    said: brokenWords(result),
  }
}

/** Why a script of checks tells nothing. */
function brokenWords(result: ExecutionResult): string {
  const [out, error] = [result.stdout, result.stderr].map((bytes) => shownText(bytes, 600).trim())
  const printed = error || out
  const why =
    result.end !== 'exited'
      ? `it was ended: ${badEndOf(result)?.message ?? result.end}`
      : result.exitCode !== 0
        ? `it ended with exit code ${result.exitCode}`
        : 'it wrote no line like "ok NAME" to file descriptor 3'
  return `${why}.${printed ? ` It printed: ${printed}` : ''}`
}

/** Characters of a line that are read. In what the answer left, somebody may tell of more: blanks without end, for example. */
const lineCharactersMax = 1500

/** Lines `ok NAME` and `not ok NAME # MESSAGE`; anything else is passed over. */
export function readChecks(channel: Uint8Array): ToldCheck[] {
  const lines = new TextDecoder().decode(channel).toWellFormed().replaceAll('\0', '␀').split('\n', checksMax)
  return lines.flatMap((line) => {
    const told = /^(not )?ok (.{1,200}?)(?:\s+# (.*))?$/.exec(line.slice(0, lineCharactersMax))
    const [, not, name, message] = told ?? []
    return name === undefined ? [] : [{ name, isRight: not === undefined, message: message?.slice(0, 1000) ?? null }]
  })
}
