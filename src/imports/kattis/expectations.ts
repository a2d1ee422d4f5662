/**
 * What a package says its submissions come to: by the folder they lie in, by `submissions/submissions.yaml` (2023-07 and
 * later), by a tag in their text as DOMjudge reads it. Only what leaves one verdict can be held against a proof.
 */
import type { Checkout } from '../checkout.ts'
import { mapOf, textIn, textsOf } from '../words.ts'
import { readPackageYaml } from './problem.ts'

/** What a submission must come to (null: it is right), or why that can't be said, as the end of a sentence. */
export type Expectation = { verdict: string | null } | { problem: string }

/** What the package says beside the folders. */
export interface Expectations {
  /** By name, for example `wrong_answer/no_abs.cc`, and all its texts. */
  of: (name: string, texts: Iterable<string>) => Expectation
  /** The file that its `entrypoint` names; null where none does. */
  entryOf: (name: string) => string | null
}

const verdicts: Readonly<Record<string, string>> = {
  WA: 'wrong_answer',
  TLE: 'time_limit',
  RTE: 'runtime_error',
  MLE: 'memory_limit',
  OLE: 'output_limit',
  CE: 'compile_error',
}

/** Every case comes to one of `permitted`, and one case at least to one of `required`. */
interface Rule {
  permitted: readonly string[]
  required: readonly string[]
}

const anyOf = ['AC', 'WA', 'TLE', 'RTE']
const failing = (...words: string[]): Rule => ({ permitted: ['AC', ...words], required: words })

const folders: Readonly<Record<string, Rule>> = {
  accepted: { permitted: ['AC'], required: anyOf },
  rejected: { permitted: anyOf, required: ['WA', 'TLE', 'RTE'] },
  brute_force: failing('TLE', 'RTE'),
  wrong_answer: failing('WA'),
  partially_accepted: failing('WA'),
  time_limit_exceeded: failing('TLE'),
  run_time_error: failing('RTE'),
  runtime_error: failing('RTE'),
  memory_limit_exceeded: failing('MLE'),
  output_limit_exceeded: failing('OLE'),
  compile_error: failing('CE'),
  compiler_error: failing('CE'),
}

const noRule: Rule = { permitted: anyOf, required: anyOf }

/** Reads submissions.yaml. Throws `Failure('invalid')` where it is no YAML. */
export function readExpectations(checkout: Checkout): Expectations {
  const yaml = readPackageYaml(checkout, 'submissions/submissions.yaml')
  const said = Object.entries(yaml).map(([pattern, value]) => ({ pattern, facts: mapOf(value) }))
  const matching = (name: string) => {
    const [folder = ''] = name.split('/')
    return said.filter(({ pattern }) => {
      const glob = new Bun.Glob(pattern.replaceAll(/\*+/g, '*'))
      return pattern !== folder && (glob.match(name) || glob.match(folder))
    })
  }
  const ruleOf = (facts: Record<string, unknown>, unlessSaid: Rule): Rule => ({
    permitted: wordsOf(facts['permitted']) ?? unlessSaid.permitted,
    required: wordsOf(facts['required']) ?? unlessSaid.required,
  })
  return {
    of: (name, texts) => {
      const tagged = tagOf(texts)
      if (tagged !== null) return tagged
      const [folder = ''] = name.split('/')
      const own = said.find(({ pattern }) => pattern === folder)
      const rules = [ruleOf(own?.facts ?? {}, folders[folder] ?? noRule)]
      rules.push(...matching(name).map(({ facts }) => ruleOf(facts, noRule)))
      return expectationOf(rules)
    },
    entryOf: (name) => matching(name).flatMap(({ facts }) => textIn(facts['entrypoint']) ?? [])[0] ?? null,
  }
}

function wordsOf(value: unknown): string[] | null {
  const words = typeof value === 'string' ? [value] : textsOf(value)
  return words.length === 0 ? null : words
}

function expectationOf(rules: readonly Rule[]): Expectation {
  const possible = rules.reduce<readonly string[]>(
    (words, { permitted }) => words.filter((word) => permitted.includes(word)),
    rules[0]?.permitted ?? [],
  )
  const wrong = possible.filter((word) => word !== 'AC')
  const isSurelyWrong = rules.some(({ required }) => !required.includes('AC'))
  if (wrong.length === 0) return { verdict: null }
  if (!isSurelyWrong) return { problem: 'it may be right or wrong' }
  return wrong.length === 1 ? verdictOf(wrong[0] ?? '') : severalOf(wrong)
}

function severalOf(words: readonly string[]): Expectation {
  return { problem: `it may come to more than one verdict: ${words.join(', ')}` }
}

function verdictOf(word: string): Expectation {
  const verdict = verdicts[word]
  return verdict === undefined ? { problem: `nothing is known of the verdict ${word}` } : { verdict }
}

const tagWords: Readonly<Record<string, string>> = {
  ...{ CORRECT: 'AC', ACCEPTED: 'AC', 'WRONG-ANSWER': 'WA', 'NO-OUTPUT': 'WA', 'TIME-LIMIT-EXCEEDED': 'TLE' },
  ...{ TIMELIMIT: 'TLE', 'RUN-TIME-ERROR': 'RTE', 'RUN-ERROR': 'RTE', 'OUTPUT-LIMIT': 'OLE', 'MEMORY-LIMIT': 'MLE' },
  ...{ 'COMPILER-ERROR': 'CE', 'COMPILE-ERROR': 'CE' },
}

/** `@EXPECTED_RESULTS@: TIMELIMIT`, in whatever comment; null where there is none. */
function tagOf(texts: Iterable<string>): Expectation | null {
  for (const text of texts) {
    const said = /@EXPECTED_RESULTS@:?[ \t]*([A-Za-z][A-Za-z_, \t-]{0,200})/.exec(text)?.[1]
    if (said === undefined) continue
    const names = said.split(',').map((name) =>
      name
        .trim()
        .toUpperCase()
        .replaceAll(/[_\s]+/g, '-'),
    )
    const words = [...new Set(names.map((name) => tagWords[name] ?? name))]
    if (words.length > 1) return severalOf(words)
    return words[0] === 'AC' ? { verdict: null } : verdictOf(words[0] ?? '')
  }
  return null
}
