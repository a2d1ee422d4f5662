/** The submissions of a package as references and wrong answers, by language. */
import { Failure } from '../../failure.ts'
import { type Checkout, textOf } from '../checkout.ts'
import { slugOf } from '../words.ts'
import { type Expectations, readExpectations } from './expectations.ts'
import { languageOf, mainFileOf, type SubmissionLanguage } from './languages.ts'

/** A submission whose language Podium has. */
export interface Submission {
  /** As the package calls it, for example `wrong_answer/no_abs.cc`. */
  name: string
  language: SubmissionLanguage
  /** What it must come to; null: it is right. */
  verdict: string | null
  /** Texts by path, as they lie in the package. */
  files: ReadonlyMap<string, string>
  main: string
}

/** All that can be used, and a sentence for each of the others. */
export interface Submissions {
  usable: Submission[]
  notes: string[]
}

const bytesMax = 200 * 1024
const filesMax = 40

/** Reads `submissions/`. */
export function readSubmissions(checkout: Checkout): Submissions {
  const usable: Submission[] = []
  const notes: string[] = []
  const expectations = readExpectations(checkout)
  const top = checkout.files('submissions')
  const names = [...new Set(top.map((path) => path.split('/').slice(0, 2).join('/')))].filter((name) =>
    name.includes('/'),
  )
  for (const name of names) {
    const paths = top.filter((path) => path === name || path.startsWith(`${name}/`))
    const read = readOne(checkout, name, paths, expectations)
    if ('problem' in read) notes.push(`Left out: submissions/${name}, for ${read.problem}.`)
    else usable.push({ ...read, name })
  }
  return { usable, notes }
}

/** In packages, too much memory is an error of the run as well; such submissions have it in their names. */
function isMemory(verdict: string | null, name: string): boolean {
  return verdict === 'runtime_error' && /(^|[^a-z])(mem|memory|mle|oom)([^a-z]|$)/i.test(name.split('/')[1] ?? '')
}

type Read = Omit<Submission, 'name'> | { problem: string }

function readOne(checkout: Checkout, name: string, paths: readonly string[], expectations: Expectations): Read {
  if (paths.length > filesMax) return { problem: `it has more than ${filesMax} files` }
  const files = new Map<string, string>()
  let bytes = 0
  for (const path of paths.filter((each) => !/(^|\/)\./.test(each))) {
    const content = checkout.bytes(`submissions/${path}`) ?? new Uint8Array()
    bytes += content.length
    try {
      files.set(path === name ? (name.split('/')[1] ?? name) : path.slice(name.length + 1), textOf(path, content))
    } catch (cause) {
      if (cause instanceof Failure) return { problem: 'it is not text in UTF-8' }
      throw cause
    }
  }
  if (bytes > bytesMax) return { problem: `it is larger than ${bytesMax / 1024} KB` }
  const text = (path: string) => files.get(path) ?? null
  const language = languageOf([...files.keys()], text)
  if ('problem' in language) return language
  const expected = expectations.of(name, files.values())
  if ('problem' in expected) return expected
  const said = expectations.entryOf(name)
  const main = said !== null && files.has(said) ? said : mainFileOf(language, [...files.keys()], text)
  if (main === null) return { problem: 'it has no file to begin with' }
  if (language.entry !== null && main !== language.entry && files.has(language.entry))
    return { problem: `it begins in ${main}, and has a ${language.entry} as well` }
  return { language, files, main, verdict: isMemory(expected.verdict, name) ? 'memory_limit' : expected.verdict }
}

/** Its files as an answer to an exercise whose entry this is; null: the package brings the entry along, and names stay. */
export function answerFilesOf(
  { language, files, main, name, verdict }: Submission,
  entry: string | null,
): Map<string, string> {
  const renamed = entry === null || language.entry === null ? main : entry
  const answer = new Map([...files].map(([path, text]) => [path === main ? renamed : path, text]))
  const from = `From submissions/${name} of the problem package.`
  // A Java program is found by the name of its class: one of another name is called by one of this.
  if (entry !== null && renamed !== entry) {
    const [own, wanted] = [main.replace(/\.\w+$/, ''), entry.replace(/\.\w+$/, '')]
    answer.set(
      entry,
      `${verdict === null ? '' : `// ${from}\n`}public class ${wanted} {\n    public static void main(String[] args) throws Exception {\n        ${own.replaceAll('/', '.')}.main(args);\n    }\n}\n`,
    )
  } else if (verdict !== null)
    answer.set(renamed, withComment(answer.get(renamed) ?? '', `${language.comment} ${from}`))
  return answer
}

function withComment(text: string, comment: string): string {
  const shebang = /^#!.*\n/.exec(text)?.[0] ?? ''
  return `${shebang}${comment}\n${text.slice(shebang.length)}`
}

/** A name for the folder of a wrong answer, unlike those there are. */
export function folderNameOf(name: string, taken: ReadonlySet<string>): string {
  const base = slugOf((name.split('/')[1] ?? name).replace(/\.(\w+)$/, '-$1'))
  for (let number = 1; ; number += 1) {
    const made = number === 1 ? base : `${base}-${number}`
    if (!taken.has(made)) return made
  }
}
