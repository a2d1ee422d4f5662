/** How submissions and validators of problem packages are Podium's programs: by the endings of their files. */

/** A language that submissions may be in. */
export interface SubmissionLanguage {
  /** The runtime's name, which is also the end of the exercise's. */
  name: string
  title: string
  endings: readonly string[]
  /** The file that is run, where names are free; null: the file keeps its name, for it is the name of a class. */
  entry: string | null
  /** What learners begin with; `{stem}`: the entry's name without ending. */
  starter: string
  /** How a comment of one line begins. */
  comment: string
  /** Whether all files with its endings are compiled together. */
  isCompiled?: boolean
}

const read = 'Read from standard input, and print the answer.'

/** In the order in which a package's exercise without a language in its name is chosen. */
export const submissionLanguages: readonly SubmissionLanguage[] = [
  { name: 'python', title: 'Python', endings: ['py', 'py3'], entry: 'main.py', starter: `# ${read}\n`, comment: '#' },
  {
    name: 'javascript',
    title: 'JavaScript',
    endings: ['js', 'mjs'],
    entry: 'main.js',
    starter: `// ${read}\n`,
    comment: '//',
  },
  {
    name: 'typescript',
    title: 'TypeScript',
    endings: ['ts'],
    entry: 'main.ts',
    starter: `// ${read}\n`,
    comment: '//',
  },
  {
    ...{
      isCompiled: true,
      name: 'cpp',
      title: 'C++',
      endings: ['cpp', 'cc', 'cxx', 'c++', 'C'],
      entry: 'main.cpp',
      comment: '//',
    },
    starter: `#include <iostream>\n\nint main() {\n    // ${read}\n    return 0;\n}\n`,
  },
  {
    ...{ isCompiled: true, name: 'c', title: 'C', endings: ['c'], entry: 'main.c', comment: '//' },
    starter: `#include <stdio.h>\n\nint main(void) {\n    // ${read}\n    return 0;\n}\n`,
  },
  {
    ...{ isCompiled: true, name: 'java', title: 'Java', endings: ['java'], entry: null, comment: '//' },
    starter: `public class {stem} {\n    public static void main(String[] args) {\n        // ${read}\n    }\n}\n`,
  },
  {
    ...{ isCompiled: true, name: 'go', title: 'Go', endings: ['go'], entry: 'main.go', comment: '//' },
    starter: `package main\n\nfunc main() {\n\t// ${read}\n}\n`,
  },
  {
    isCompiled: true,
    name: 'rust',
    title: 'Rust',
    endings: ['rs'],
    entry: 'main.rs',
    starter: `fn main() {\n    // ${read}\n}\n`,
    comment: '//',
  },
  { name: 'bash', title: 'Bash', endings: ['sh', 'bash'], entry: 'main.sh', starter: `# ${read}\n`, comment: '#' },
]

/** Endings of files that are read along with those of a language. */
const headers = new Set(['h', 'hpp', 'hh', 'hxx'])

/** The language of a program's files; else why there is none, as the end of a sentence. */
export function languageOf(
  paths: readonly string[],
  text: (path: string) => string | null,
): SubmissionLanguage | { problem: string } {
  const endings = paths.map((path) => /\.([^./]+)$/.exec(path)?.[1] ?? '').filter((ending) => !headers.has(ending))
  const known = endings.flatMap((ending) => submissionLanguages.find((each) => each.endings.includes(ending)) ?? [])
  const names = new Set(known.map(({ name }) => name))
  const [first] = known
  const foreign = endings.find((ending) => !submissionLanguages.some((each) => each.endings.includes(ending)))
  if (first === undefined)
    return {
      problem: `Podium has no language for ${foreign === undefined || foreign === '' ? 'its files' : `.${foreign}`}`,
    }
  // C that is compiled along with C++ is C++ enough.
  const isMixed = names.size > 1 && !(names.size === 2 && names.has('c') && names.has('cpp'))
  if (isMixed) return { problem: 'it is in several languages' }
  if (first.name === 'python' && paths.some((path) => /^#!.*\bpython2/.test(text(path) ?? '')))
    return { problem: 'it is in Python 2' }
  return names.size > 1 ? (known.find(({ name }) => name === 'cpp') ?? first) : first
}

/** The file of a program that has its beginning. */
export function mainFileOf(
  language: SubmissionLanguage,
  paths: readonly string[],
  text: (path: string) => string | null,
): string | null {
  const own = paths.filter((path) => language.endings.includes(/\.([^./]+)$/.exec(path)?.[1] ?? ''))
  const isNamed = (path: string) => /(^|\/)(main|__main__)\.[^./]+$/i.test(path)
  const begins = (path: string) => /\bmain\s*\(|__main__/.test(text(path) ?? '')
  return own.find(isNamed) ?? own.find(begins) ?? own[0] ?? null
}
