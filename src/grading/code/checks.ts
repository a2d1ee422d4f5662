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
  if (expected === null && !told.isWhole) throw new Error(`The script of checks broke. ${told.said}`)
  const names = expected ?? told.checks.map(({ name }) => name)
  const items = names.map((name) => {
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
): Promise<{ checks: ToldCheck[]; isWhole: boolean; said: string }> {
  const folder = `.check-${randomBytes(8).toString('hex')}`
  const runFolder = `${folder}/run`
  const files = [
    ...script.files.map(({ path, content }) => ({ path: `${folder}/${path}`, content })),
    { path: `${runFolder}/stdout`, content: left.stdout },
    { path: `${runFolder}/stderr`, content: left.stderr },
    { path: `${runFolder}/exit`, content: Buffer.from(`${left.exitCode ?? ''}\n`) },
  ]
  const moved = script.runtime.commands({ entry: `${folder}/${entry}`, files: files.map(({ path }) => path) })
  const env = { RUN: `/work/${runFolder}`, CHECK: `/work/${folder}`, HOME: `/work/${folder}` }
  const wish = { argv: [...moved.run, ...flags], archive: left.archive, files, env, hasChannel: true }
  const result = await run(parts, { ...script, files: [] }, wish, use)
  const checks = readChecks(result.channel)
  return {
    checks,
    isWhole: result.end === 'exited' && result.exitCode === 0 && checks.length > 0,
    said: shownText(result.stderr, 600),
  }
}

/** Lines `ok NAME` and `not ok NAME # MESSAGE`; anything else is passed over. */
export function readChecks(channel: Uint8Array): ToldCheck[] {
  const lines = new TextDecoder().decode(channel).toWellFormed().replaceAll('\0', '␀').split('\n')
  return lines.slice(0, checksMax).flatMap((line) => {
    const [, not, name, message] = /^(not )?ok (.{1,200}?)(?:\s+# (.*))?$/.exec(line) ?? []
    return name === undefined ? [] : [{ name, isRight: not === undefined, message: message?.slice(0, 1000) ?? null }]
  })
}
