/**
 * What a warm program is told. A runtime's `warm.argv` is started in its box before anyone asks, loads its interpreter,
 * and waits for the one job. It lives with these file descriptors:
 *
 *   0 1 2  standard input, output and error of the job: real pipes, not to be touched before the job comes
 *   3      the job's channel; to be closed unless the job has one
 *   4      the job comes from here
 *   5      `ready\n` is written here once, as soon as waiting begins
 *
 * From descriptor 4 come frames: one letter, the length of what follows as four bytes (big end first), and that many
 * bytes. `J` is first: a job as JSON (`WarmJob`). Then a frame `F` for each file: the length of its path in bytes (two
 * bytes, big end first), the path, a byte that is 1 where the file is executable, the content. `E`, empty, is last.
 *
 * The program then writes the files below its working directory, `/work`, making folders as needed, closes 4 and 5 (and 3
 * unless `hasChannel`), adds `env` to its environment, and becomes the job: `argv` is a whole command line. What it can't
 * do itself (another program in `argv[0]`, options it does not know) it hands to `execvpe`. It exits with the job's code.
 * An end of descriptor 4 before `E` means that nobody needs it any more: it exits.
 *
 * Limits are set from outside before `E` is sent; a warm program need not do anything about them.
 *
 * A job that brings or takes an archive, and a job for a box without `warm`, is never told to a warm program.
 */
import type { BoxFile, Job } from '../../execution.ts'

/** What frame `J` holds. */
export interface WarmJob {
  argv: readonly string[]
  /** To be added to the environment that the program was started with. */
  env: Readonly<Record<string, string>>
  hasChannel: boolean
}

/** File descriptors of a box, as its programs know them. */
export const boxDescriptors = { channel: 3, job: 4, report: 5, archive: 6 } as const

/** All frames of a job in order. */
export function warmFrames(job: Pick<Job, 'argv' | 'env' | 'hasChannel' | 'files'>): Uint8Array[] {
  const told: WarmJob = { argv: job.argv, env: job.env, hasChannel: job.hasChannel }
  const files = job.files.flatMap((file) => frame('F', fileHeader(file), file.content))
  return [...frame('J', new TextEncoder().encode(JSON.stringify(told))), ...files, ...frame('E')]
}

function fileHeader({ path, isExecutable }: BoxFile): Uint8Array {
  const name = new TextEncoder().encode(path)
  const header = new Uint8Array(name.length + 3)
  new DataView(header.buffer).setUint16(0, name.length)
  header.set(name, 2)
  header[name.length + 2] = isExecutable === true ? 1 : 0
  return header
}

function frame(letter: 'J' | 'F' | 'E', ...parts: readonly Uint8Array[]): Uint8Array[] {
  const header = new Uint8Array(5)
  header[0] = letter.charCodeAt(0)
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  new DataView(header.buffer).setUint32(1, length)
  return [header, ...parts]
}
