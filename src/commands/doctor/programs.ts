/** Items about running people's programs: the box that they get, and what the kernel counts and refuses for it. */
import { chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { createLocalExecutionDriver } from '../../pods/local/execution/execution-driver.ts'
import { silentLog } from '../../telemetry/log.ts'
import { boxMends } from './boxes.ts'
import { nearestExisting } from './disk.ts'
import { type Finding, install, type Mend, mend, ok, readText, weaker } from './finding.ts'
import { makeScratch } from './server.ts'

const withoutBox = 'Code exercises are off: nobody’s program is ever run without a box. SQL goes on.'

/** What trying a box came to. */
export interface BoxTrial {
  problem: string | null
  countsInKernel: boolean
}

/** Makes a box as programs get it, runs a small one in it, and removes all again. */
export async function checkPrograms({ dataDir }: Pick<Config, 'dataDir'>): Promise<Finding[]> {
  const trial = await tryBox(nearestExisting(dataDir))
  return [checkBox(trial), checkControlGroups(trial), checkFilter()]
}

/** Whether programs can be run, and the mend where not. */
export function checkBox({ problem }: BoxTrial): Finding {
  const item = 'code exercises'
  if (problem === null) return ok(item, 'a program was run in a box')
  return weaker(item, `no box could be made: ${problem.split('\n')[0]}`, withoutBox, mendsOf(problem))
}

/** Whether the kernel itself bounds what a box takes. */
export function checkControlGroups({ problem, countsInKernel }: BoxTrial): Finding {
  const item = 'control groups'
  if (countsInKernel) return ok(item, 'each program’s box has one of its own')
  const found = 'none that Podium may make'
  if (problem !== null) return ok(item, found)
  const meaning =
    'Programs are held by limits of each process and looked at 25 times a second: memory in buffers of the kernel is not ' +
    'counted.'
  return weaker(item, found, meaning, [
    mend(
      'run Podium as a service with Delegate=cpu memory pids and DelegateSubgroup=podium (deploy/podium.service has them)',
    ),
    { system: 'wsl', text: 'add systemd=true below [boot] in /etc/wsl.conf, then wsl --shutdown (in Windows)' },
  ])
}

/** Whether the kernel has filters of system calls. */
export function checkFilter(actions = readText('/proc/sys/kernel/seccomp/actions_avail')): Finding {
  const item = 'seccomp'
  if (actions !== null && /\berrno\b/.test(actions)) return ok(item, 'system calls are filtered')
  return weaker(item, 'the kernel has no filters of system calls', withoutBox, [
    mend('use a kernel with CONFIG_SECCOMP_FILTER; every distribution’s own has it'),
    { system: 'wsl', text: 'wsl --update and wsl --set-version DISTRIBUTION 2 (in Windows)' },
  ])
}

function mendsOf(problem: string): readonly Mend[] {
  if (/not installed/.test(problem)) {
    const names = { debian: 'bubblewrap util-linux', fedora: 'bubblewrap util-linux', arch: 'bubblewrap util-linux' }
    return install(names)
  }
  if (/older than/.test(problem)) {
    return [mend('upgrade to Debian 12, Ubuntu 24.04, Fedora 38 or newer, or install bubblewrap from its source')]
  }
  return [
    ...boxMends(),
    { system: 'wsl', text: 'wsl --set-version DISTRIBUTION 2 (in Windows); WSL 1 has no namespaces' },
  ]
}

async function tryBox(directory: string): Promise<BoxTrial> {
  const scratch = makeScratch(directory)
  try {
    // The user that boxes run as must be able to enter it.
    chmodSync(scratch, 0o755)
    const options = { directory: join(scratch, 'boxes'), hiddenPaths: [], log: silentLog }
    const driver = await createLocalExecutionDriver(options)
    const { problem, countsInKernel } = driver
    await driver.stop()
    return { problem, countsInKernel }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
