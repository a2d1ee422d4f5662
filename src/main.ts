/** The command line: finds the command, runs it, and turns what went wrong into one sentence and an exit code. */
import { explainTrouble } from './commands/explain.ts'
import { helpFor, helpForAll, helpForFamily } from './commands/help.ts'
import { parseCommandLine } from './commands/parse.ts'
import { commands } from './commands/table.ts'

// Elsewhere Elysia writes what was refused into its errors, indented: 160 KB of nested JSON then take twelve seconds.
// It looks when it is loaded, so this comes before any command is.
process.env['NODE_ENV'] = 'production'

// Not `exitCode`: a deadline's timer that nobody waits for any more would keep the program for seconds.
process.exit(await main(process.argv.slice(2)))

async function main(argv: readonly string[]): Promise<number> {
  try {
    const [first, second] = argv
    if (first === 'help' || first === '--help' || first === '-h') return help(argv.slice(1))
    if ((second === '--help' || second === '-h') && familyOf(first).length > 0) return help([first ?? ''])
    if (first === '--version' || first === '-v') return main(['version'])
    const { command, words, flags, wantsHelp } = parseCommandLine(argv, commands)
    if (wantsHelp) return help([command.name])
    const { run } = await command.load()
    return await run({ words, flags, env: process.env, print: (line) => console.log(line), readInput })
  } catch (error) {
    const { lines, code } = explainTrouble(error)
    for (const line of lines) console.error(line)
    return code
  }
}

/** The commands that begin with this word and go on with another, as `user` does. */
function familyOf(word = '') {
  return commands.filter(({ name }) => name.startsWith(`${word} `))
}

function help(words: readonly string[]): number {
  const family = words.length === 1 ? familyOf(words[0]) : []
  if (family.length > 0) {
    console.log(helpForFamily(words[0] ?? '', family))
    return 0
  }
  const command = commands.find(({ name }) => name === words.join(' '))
  if (words.length > 0 && command === undefined) parseCommandLine(words, commands)
  console.log(command === undefined ? helpForAll(commands) : helpFor(command))
  return 0
}

async function readInput(): Promise<string | null> {
  return process.stdin.isTTY ? null : await Bun.stdin.text()
}
