/** The texts of `podium --help` and `podium COMMAND --help`, from the tables of commands and settings. */
import { type Config, settings } from '../config.ts'
import type { Command } from './command.ts'
import { usageLine } from './parse.ts'

const widest = 100

/** What podium is and which commands it has. */
export function helpForAll(commands: readonly [Command, ...Command[]]): string {
  const rows = commands.map((command) => [[command.name, ...command.words].join(' '), command.summary] as const)
  return [
    'Podium: practice SQL on a real PostgreSQL, and programs in boxes of their own.',
    '',
    `Usage: podium [command] [options]     Without a command: ${commands[0].name}.`,
    '',
    columns(rows),
    '',
    'podium COMMAND --help lists the options of a command, podium serve --help every setting.',
  ].join('\n')
}

/** The commands that share their first word. */
export function helpForFamily(word: string, family: readonly Command[]): string {
  const rows = family.map((command) => [[command.name, ...command.words].join(' '), command.summary] as const)
  return [
    `Usage: podium ${word} COMMAND [options]`,
    '',
    columns(rows),
    '',
    `podium ${word} COMMAND --help lists the options of one of them.`,
  ].join('\n')
}

/** How one command is called, its flags and its settings. */
export function helpFor(command: Command): string {
  const flags = command.flags.map((flag) => {
    const name = flag.value === null ? `--${flag.name}` : `--${flag.name} ${flag.value}`
    return [name, flag.purpose] as const
  })
  const parts = [`Usage: ${usageLine(command)}`, '', command.summary]
  if (flags.length > 0) parts.push('', 'Options:', columns(flags))
  if (command.settings.length > 0) {
    parts.push('', 'Settings, as flag or as environment variable:', columns(command.settings.map(settingRow)))
  }
  return parts.join('\n')
}

function settingRow(name: keyof Config): readonly [string, string] {
  const setting = settings[name]
  const file = setting.isSecret === true ? ` or ${setting.variable}_FILE` : ''
  return [
    `--${setting.flag}`,
    `${setting.purpose} Default: ${setting.initialText}. It must be ${setting.kind.allowed}. (${setting.variable}${file})`,
  ]
}

/** Two columns, the second wrapped. */
function columns(rows: readonly (readonly [string, string])[]): string {
  const left = Math.max(...rows.map(([name]) => name.length)) + 4
  const lines = rows.flatMap(([name, text]) => {
    return wrap(text, widest - left).map((line, index) => `  ${(index === 0 ? name : '').padEnd(left - 2)}${line}`)
  })
  return lines.join('\n')
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}
