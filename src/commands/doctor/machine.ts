/** Items about the machine itself: C library, processor, clock, open files. */
import { statSync } from 'node:fs'
import { type Finding, mend, missing, ok, readText, weaker } from './finding.ts'

/** The oldest C library that the program and the PostgreSQL inside it run on. */
const glibcMin = '2.27'
/** Each sandbox holds a few files and connections of the program. */
const openFilesWanted = 4096

/** The C library and the processor. */
export function checkProgram(): Finding {
  const item = 'system'
  if (process.platform !== 'linux') return missing(item, process.platform, 'Podium runs on Linux (on Windows: WSL2).')
  const glibc = glibcVersion()
  if (glibc === null) {
    return weaker(item, 'C library not recognised', `Podium needs glibc ${glibcMin} or newer; musl does not do.`)
  }
  if (Bun.semver.order(`${glibc}.0`, `${glibcMin}.0`) < 0) {
    return missing(item, `glibc ${glibc}`, `Podium needs glibc ${glibcMin} or newer: a system from 2018 on.`)
  }
  return ok(item, `glibc ${glibc}, ${process.arch}`)
}

/** Whether the clock can be true: sessions, drafts and deadlines are kept by it. */
export function checkClock(now = Date.now(), programTime = statSync(process.execPath).mtimeMs): Finding {
  const item = 'clock'
  const date = new Date(now).toISOString().slice(0, 16).replace('T', ' ')
  // A package's files can be a day ahead of the sun in some time zone; more than that is a wrong clock.
  if (now >= programTime - 86_400_000) return ok(item, `${date} UTC`)
  return weaker(item, `${date} UTC, older than Podium itself`, 'Sign-ins and timestamps will be wrong.', [
    mend('timedatectl set-ntp true'),
    { system: 'wsl', text: 'wsl --shutdown (in Windows), then open it again' },
  ])
}

/** How many files and connections the program may have open. */
export function checkOpenFiles(limits = readText('/proc/self/limits')): Finding {
  const item = 'open files'
  const [, soft] = /^Max open files +(\S+)/m.exec(limits ?? '') ?? []
  if (soft === undefined) return weaker(item, 'limit not readable', 'Many people at once may meet errors.')
  if (soft === 'unlimited' || Number(soft) >= openFilesWanted) return ok(item, `up to ${soft}`)
  return weaker(item, `at most ${soft}`, `With many sandboxes Podium wants ${openFilesWanted} or more.`, [
    mend('ulimit -n 20000 before starting; in a systemd unit: LimitNOFILE=20000'),
  ])
}

function glibcVersion(): string | null {
  const report: unknown = process.report?.getReport()
  const header = typeof report === 'object' && report !== null && 'header' in report ? report.header : null
  const isNamed = typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header
  return isNamed && typeof header.glibcVersionRuntime === 'string' ? header.glibcVersionRuntime : null
}
