/**
 * What a command is. `commands/table.ts` lists them with what help says of them; the file of each exports
 * `run(input)` and is loaded only when it is called, so that `podium --help` is fast.
 */
import type { Config } from '../config.ts'

/** What a command is given. */
export interface CommandInput {
  /** The words after the command's name, already counted against its usage. */
  words: readonly string[]
  /** Flags by name without dashes; a flag without value is `on`. Those of settings go to `readConfig`. */
  flags: Readonly<Record<string, string>>
  env: Readonly<Record<string, string | undefined>>
  /** Writes one line to standard output. */
  print(line: string): void
  /** Everything on standard input, or null where a person sits at a terminal. */
  readInput(): Promise<string | null>
}

/** Does the work and returns the exit code. Throws `Failure` for what a person can mend. */
export type Run = (input: CommandInput) => Promise<number>

/** A flag that only one command has. */
export interface CommandFlag {
  name: string
  /** How its value is called in help; null for a flag without value. */
  value: string | null
  purpose: string
}

/** A command as the table lists it. */
export interface Command {
  /** One or two words. */
  name: string
  /** Names of its words, for example `NAME`; in brackets where one may be left out. */
  words: readonly string[]
  summary: string
  /** Which settings it takes as flags. Variables are always read. */
  settings: readonly (keyof Config)[]
  flags: readonly CommandFlag[]
  load(): Promise<{ run: Run }>
}
