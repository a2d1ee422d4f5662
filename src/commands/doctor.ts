/** `podium doctor`: what this machine can do, item by item, and the mend for each lack. */
import { availableParallelism, totalmem } from 'node:os'
import { type Config, readConfig } from '../config.ts'
import type { CommandInput } from './command.ts'
import { checkTools, checkUserNamespaces } from './doctor/boxes.ts'
import { checkDataContent } from './doctor/content.ts'
import { checkDataDirectory, checkDiskRoom, checkReflink } from './doctor/disk.ts'
import { type Finding, mendsFor, readableBytes, readSystem, type State, type System } from './doctor/finding.ts'
import { checkLanguages } from './doctor/languages.ts'
import { checkClock, checkOpenFiles, checkProgram } from './doctor/machine.ts'
import { checkMemoryLimits, checkMemoryRoom } from './doctor/memory.ts'
import { checkPort } from './doctor/port.ts'
import { checkPrograms } from './doctor/programs.ts'
import { checkServers } from './doctor/server.ts'
import { podiumVersion, postgresVersion } from './version.ts'

/** Examines the machine. Exit code 1 where something is missing without which Podium does not run. */
export async function run({ env, flags, print }: CommandInput): Promise<number> {
  const config = readConfig({ env, flags })
  const system = readSystem()
  const findings = await examine(config)
  if (flags.json !== undefined) print(JSON.stringify(asJson(findings, system), null, 2))
  else for (const line of asText(findings, system)) print(line)
  return findings.some(({ state }) => state === 'missing') ? 1 : 0
}

async function examine(config: Config): Promise<Finding[]> {
  return [
    checkProgram(),
    checkDataDirectory(config.dataDir),
    checkDataContent(config.dataDir, postgresVersion()),
    checkDiskRoom(config),
    ...(await checkServers(config)),
    ...(await checkPrograms(config)),
    ...(await checkLanguages(config)),
    checkUserNamespaces(),
    checkTools(),
    checkMemoryRoom(config),
    checkMemoryLimits(config),
    await checkReflink(config.dataDir),
    await checkPort(config),
    checkOpenFiles(),
    checkClock(),
  ]
}

function asJson(findings: readonly Finding[], system: System) {
  const items = findings.map((finding) => ({ ...finding, mends: mendsFor(finding, system).map(({ text }) => text) }))
  return {
    version: podiumVersion,
    system: system.name,
    canServe: findings.every(({ state }) => state !== 'missing'),
    items,
  }
}

function asText(findings: readonly Finding[], system: System): string[] {
  const size = `${availableParallelism()} cores, ${readableBytes(totalmem())}`
  const width = Math.max(...findings.map(({ item }) => item.length)) + 2
  const lines = findings.flatMap((finding) => {
    const indent = ' '.repeat(9 + width)
    const mends = mendsFor(finding, system).map(({ text }) => `${indent}mend: ${text}`)
    return [
      `${finding.state.padEnd(9)}${finding.item.padEnd(width)}${finding.found}`,
      ...(finding.meaning === null ? [] : [`${indent}${finding.meaning}`]),
      ...mends,
    ]
  })
  const name = system.isWsl ? `${system.name} in WSL` : system.name
  return [`Podium ${podiumVersion} on ${name}, ${size}`, '', ...lines, '', summary(findings)]
}

function summary(findings: readonly Finding[]): string {
  const count = (wanted: State) => findings.filter(({ state }) => state === wanted).length
  if (count('missing') > 0) return `${count('missing')} missing: Podium will not run here until that is mended.`
  if (count('weaker') > 0) return `Podium runs here; ${count('weaker')} could be better.`
  return 'Everything is here.'
}
