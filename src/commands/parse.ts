/** Reads the command line: which command, which words, which flags. Knows nothing of what commands do. */
import { settings } from '../config.ts'
import { Failure } from '../failure.ts'
import type { Command } from './command.ts'

/** A command line that was understood. */
export interface Invocation {
  command: Command
  words: readonly string[]
  flags: Readonly<Record<string, string>>
  /** `--help` was asked for. */
  wantsHelp: boolean
}

/**
 * Reads `argv` (without the program's name). The first command is the default. Throws `Failure('invalid')` with code
 * `usage` that names what was not understood and what comes nearest to it.
 */
export function parseCommandLine(argv: readonly string[], commands: readonly [Command, ...Command[]]): Invocation {
  const { command, rest } = findCommand(argv, commands)
  const end = rest.indexOf('--')
  const parts = end === -1 ? rest : rest.slice(0, end)
  const words = end === -1 ? [] : rest.slice(end + 1)
  const flags: Record<string, string> = {}
  let wantsHelp = false
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? ''
    if (part === '-h' || part === '--help') wantsHelp = true
    else if (!part.startsWith('-') || part === '-') words.push(part)
    else {
      const { name, value, isNextTaken } = readFlag(part, parts[at + 1], command)
      if (name in flags) throw usage(`--${name} is given twice.`)
      flags[name] = value
      if (isNextTaken) at += 1
    }
  }
  if (!wantsHelp) checkWords(command, words)
  return { command, words, flags, wantsHelp }
}

/** How a command is called, for example `podium user add NAME [options]`. */
export function usageLine(command: Command): string {
  return ['podium', command.name, ...command.words, '[options]'].join(' ')
}

/** Which of the words comes nearest to what was typed, or null where none is near. */
export function nearest(typed: string, words: readonly string[]): string | null {
  const ranked = words.map((word) => ({ word, distance: editDistance(typed, word) }))
  const best = ranked.sort((one, other) => one.distance - other.distance)[0]
  return best !== undefined && best.distance <= (typed.length < 4 ? 1 : 2) ? best.word : null
}

function findCommand(argv: readonly string[], commands: readonly [Command, ...Command[]]) {
  const [first, second] = argv
  if (first === undefined || first.startsWith('-')) return { command: commands[0], rest: argv }
  const pair = commands.find(({ name }) => name === `${first} ${second}`)
  if (pair !== undefined) return { command: pair, rest: argv.slice(2) }
  const single = commands.find(({ name }) => name === first)
  if (single !== undefined) return { command: single, rest: argv.slice(1) }
  throw unknownCommand(first, second, commands)
}

function unknownCommand(first: string, second: string | undefined, commands: readonly Command[]): Failure {
  const family = commands.filter(({ name }) => name.startsWith(`${first} `))
  if (family.length > 0) {
    const what = second === undefined ? `podium ${first} needs one more word` : `There is no command ${first} ${second}`
    return usage(`${what}: ${family.map(({ name }) => name.slice(first.length + 1)).join(', ')}.`)
  }
  const names = commands.map(({ name }) => name.split(' ')[0] ?? name)
  return usage(`There is no command ${first}.${suggestion(nearest(first, names))} See podium --help.`)
}

function readFlag(part: string, next: string | undefined, command: Command) {
  const [, name = '', given] = /^--([^=]+)(?:=(.*))?$/s.exec(part) ?? []
  const needsValue = flagsOf(command).get(name)
  if (needsValue === undefined) {
    const near = nearest(name, [...flagsOf(command).keys()])
    const hint = suggestion(near === null ? null : `--${near}`)
    throw usage(`${name === '' ? part : `--${name}`} is not a flag of podium ${command.name}.${hint}`)
  }
  if (!needsValue) {
    if (given !== undefined) throw usage(`--${name} takes no value.`)
    return { name, value: 'on', isNextTaken: false }
  }
  if (given !== undefined) return { name, value: given, isNextTaken: false }
  if (next === undefined || next.startsWith('--')) throw usage(`--${name} needs a value.`)
  return { name, value: next, isNextTaken: true }
}

/** The flags of a command, and whether each takes a value. */
function flagsOf(command: Command): Map<string, boolean> {
  const own = command.flags.map(({ name, value }) => [name, value !== null] as const)
  return new Map([...command.settings.map((name) => [settings[name].flag, true] as const), ...own])
}

function checkWords(command: Command, words: readonly string[]): void {
  const needed = command.words.filter((word) => !word.startsWith('['))
  const missing = needed[words.length]
  if (missing !== undefined) throw usage(`${missing} is missing: ${usageLine(command)}`)
  const extra = words[command.words.length]
  if (extra !== undefined) throw usage(`There is one word too many, ${JSON.stringify(extra)}: ${usageLine(command)}`)
}

function suggestion(near: string | null): string {
  return near === null ? '' : ` Did you mean ${near}?`
}

function usage(message: string): Failure {
  return new Failure('invalid', message, { code: 'usage' })
}

/** Levenshtein's distance, one row at a time. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1]
    for (const [j, otherLetter] of [...other].entries()) {
      const replaced = (row[j] ?? 0) + (letter === otherLetter ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
