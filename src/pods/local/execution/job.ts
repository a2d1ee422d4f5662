/** Looks at a job before it goes anywhere: what Podium itself would be wrong to ask for. */
import { Failure } from '../../../failure.ts'
import type { BoxFile, ExecutionLimits, Job } from '../../execution.ts'

const pathBytesMax = 4096
const wordBytesMax = 128 * 1024
const jobBytesMax = 1024 * 1024
/** Variables that would speak to the loader or the shell before the job is there, and names that are no names. */
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Throws `Failure('invalid')` for a job that no box may get. */
export function checkJob({ argv, env, files }: Job): void {
  if (argv.length === 0 || argv[0] === '') throw refused('there is no command')
  const words = [...argv, ...Object.entries(env).map(([name, value]) => `${name}=${value}`)]
  if (words.some((word) => word.includes('\0') || byteLength(word) > wordBytesMax))
    throw refused('an argument is not text')
  if (words.reduce((sum, word) => sum + byteLength(word), 0) > jobBytesMax) throw refused('its command is too long')
  if (Object.keys(env).some((name) => !variableName.test(name))) throw refused('a variable’s name is none')
  const wrong = files.find((file) => !isInside(file))
  if (wrong) throw refused(`the path ${JSON.stringify(wrong.path.slice(0, 200))} is not one below its folder`)
}

/** The limits that hold: the job's, at most the box's. Throws `Failure('invalid')` for a number that is no limit. */
export function effectiveLimits(job: ExecutionLimits, box: ExecutionLimits): ExecutionLimits {
  const pick = (name: keyof ExecutionLimits) => {
    const value = Math.min(job[name], box[name])
    if (!Number.isFinite(value) || value <= 0) throw refused(`${name} is not a limit`)
    return Math.ceil(value)
  }
  return {
    wallMs: pick('wallMs'),
    cpuMs: pick('cpuMs'),
    memoryBytesMax: pick('memoryBytesMax'),
    processesMax: pick('processesMax'),
    openFilesMax: pick('openFilesMax'),
    fileBytesMax: pick('fileBytesMax'),
    diskBytesMax: pick('diskBytesMax'),
    filesMax: pick('filesMax'),
    outputBytesMax: pick('outputBytesMax'),
  }
}

function isInside({ path }: BoxFile): boolean {
  const parts = path.split('/')
  const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..')
  return isPlain && !path.includes('\0') && byteLength(path) <= pathBytesMax
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

function refused(reason: string): Failure {
  return new Failure('invalid', `A job can’t be run: ${reason}`)
}
