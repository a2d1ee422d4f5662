/** What `podium doctor` says of one item, and the kind of system that decides which mend is shown. */
import { readFileSync } from 'node:fs'

/** `ok`; `weaker`: Podium runs, with less; `missing`: Podium does not run without it. */
export type State = 'ok' | 'weaker' | 'missing'

/** The families of systems whose mends differ. */
export type SystemFamily = 'debian' | 'fedora' | 'arch' | 'wsl'

/** Something to do about a lack; `any` where it is the same everywhere. */
export interface Mend {
  system: SystemFamily | 'any'
  text: string
}

/** One item. */
export interface Finding {
  item: string
  state: State
  /** What is the case on this machine. */
  found: string
  /** What that means for Podium; null where all is well. */
  meaning: string | null
  mends: readonly Mend[]
}

/** The machine's system. */
export interface System {
  /** As its maker calls it, for example `Debian GNU/Linux 12 (bookworm)`. */
  name: string
  /** Null for a system we know no commands for. */
  family: Exclude<SystemFamily, 'wsl'> | null
  isWsl: boolean
}

/** An item that is as it should be. */
export function ok(item: string, found: string): Finding {
  return { item, state: 'ok', found, meaning: null, mends: [] }
}

/** An item without which Podium does less. */
export function weaker(item: string, found: string, meaning: string, mends: readonly Mend[] = []): Finding {
  return { item, state: 'weaker', found, meaning, mends }
}

/** An item without which Podium does not run. */
export function missing(item: string, found: string, meaning: string, mends: readonly Mend[] = []): Finding {
  return { item, state: 'missing', found, meaning, mends }
}

/** A mend that is the same everywhere. */
export function mend(text: string): Mend {
  return { system: 'any', text }
}

/** The command that installs a package, on each family. */
export function install(names: { debian: string; fedora: string; arch: string }): Mend[] {
  return [
    { system: 'debian', text: `apt-get install ${names.debian}` },
    { system: 'fedora', text: `dnf install ${names.fedora}` },
    { system: 'arch', text: `pacman -S ${names.arch}` },
  ]
}

/** The mends that apply to a system; all of them where its family is not known. */
export function mendsFor(finding: Finding, system: System): readonly Mend[] {
  return finding.mends.filter(({ system: family }) => {
    if (family === 'any') return true
    if (family === 'wsl') return system.isWsl
    return system.family === null || system.family === family
  })
}

/** Which system this is, from os-release and the kernel's name. */
export function readSystem(osRelease = readText('/etc/os-release'), kernel = readText('/proc/version')): System {
  const field = (name: string) => new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm').exec(osRelease ?? '')?.[1] ?? ''
  const like = ` ${field('ID')} ${field('ID_LIKE')} `
  const families = { debian: / (debian|ubuntu) /, fedora: / (fedora|rhel|centos) /, arch: / arch / } as const
  const family = (['debian', 'fedora', 'arch'] as const).find((name) => families[name].test(like)) ?? null
  return { name: field('PRETTY_NAME') || 'Linux', family, isWsl: /microsoft/i.test(kernel ?? '') }
}

/** A small file's text, or null where it cannot be read. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** An amount of memory or disk as people read it. */
export function readableBytes(bytes: number): string {
  const gigabytes = bytes / 1024 ** 3
  return gigabytes >= 1 ? `${gigabytes.toFixed(1)} GB` : `${Math.round(bytes / 1024 ** 2)} MB`
}
