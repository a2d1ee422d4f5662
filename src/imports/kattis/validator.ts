/** How a package judges output, in the words of `grading:`. */
import { Failure } from '../../failure.ts'
import type { Checkout } from '../checkout.ts'
import defaultValidator from './default-validator.py' with { type: 'text' }
import { languageOf, mainFileOf } from './languages.ts'
import type { Problem } from './problem.ts'

/** What exercise.yaml says under `grading`, and the files of check/. */
export interface TakenValidator {
  grading: Record<string, unknown>
  files: Map<string, Uint8Array | string>
}

/** Puts it together. Throws `Failure('invalid')` where the package's validator can't be run. */
export function takeValidator(checkout: Checkout, problem: Problem, flags: string): TakenValidator {
  const words = flags.split(/\s+/).filter((word) => word !== '')
  const folder = ['output_validator', 'output_validators'].find((name) => checkout.files(name).length > 0)
  if (folder !== undefined) return takeProgram(checkout, folder, problem, words)
  if (problem.isInteractive) throw new Failure('invalid', 'it is interactive, and there is no output validator')
  return takeDefault(words)
}

function takeProgram(checkout: Checkout, folder: string, problem: Problem, flags: string[]): TakenValidator {
  const inner = checkout.folders(folder)
  const isNested = inner.length > 0 && checkout.files(folder).every((path) => path.includes('/'))
  if (isNested && inner.length > 1)
    throw new Failure('invalid', `it has several output validators: ${inner.join(', ')}`)
  const program = checkout.below(isNested ? `${folder}/${inner[0]}` : folder)
  const paths = program.files('').filter((path) => !/(^|\/)\.|\.(md|txt|o|class)$/.test(path))
  const script = paths.find((path) => path === 'build' || path === 'run')
  if (script !== undefined)
    throw new Failure('invalid', `its output validator is made by a script of its own (${script})`)
  const language = languageOf(paths, program.text)
  if ('problem' in language) throw new Failure('invalid', `its output validator can’t be run: ${language.problem}`)
  const main = mainFileOf(language, paths, program.text)
  const entry = main?.replace(/\.(c\+\+|C)$/, '.cpp') ?? ''
  const files = new Map(
    paths.map((path) => [`check/${path === main ? entry : path}`, program.bytes(path) ?? new Uint8Array()]),
  )
  const judge = { language: language.name, entry, flags }
  return { grading: { compare: 'io', match: problem.isInteractive ? 'interactive' : 'checker', judge }, files }
}

/** Tolerances that Podium's own comparison takes. */
const toleranceMax = 0.5

/** The default validator is Podium's own comparison, where that has the same rules; else a program with all of them. */
function takeDefault(flags: readonly string[]): TakenValidator {
  const numberAfter = (name: string) => (flags.includes(name) ? Number(flags[flags.indexOf(name) + 1]) : null)
  const both = numberAfter('float_tolerance')
  const [absolute, relative] = ['absolute', 'relative'].map((kind) => numberAfter(`float_${kind}_tolerance`) ?? both)
  const isPlain = !flags.includes('space_change_sensitive') && absolute === relative && (absolute ?? 0) <= toleranceMax
  const ignoresCase = flags.includes('case_sensitive') ? undefined : true
  if (isPlain && typeof absolute === 'number')
    return {
      grading: { compare: 'io', match: 'float', tolerance: absolute, ignore_case: ignoresCase },
      files: new Map(),
    }
  if (isPlain) return { grading: { compare: 'io', match: 'tokens', ignore_case: ignoresCase }, files: new Map() }
  const judge = { language: 'python', entry: 'default_validator.py', flags }
  return {
    grading: { compare: 'io', match: 'checker', judge },
    files: new Map([['check/default_validator.py', defaultValidator]]),
  }
}
