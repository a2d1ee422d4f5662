/** Finds out which runtimes this machine, or an imported root filesystem, has: the programs and their versions. */
import { kill } from 'node:process'
import { identityFor, spawnAs } from '../postgres/identity.ts'
import { fillCommand } from './commands.ts'
import type { RuntimeSpec, VariantSpec } from './load-runtimes.ts'
import { findInRoot, findOnHost } from './place.ts'

/** A runtime that is here. */
export interface FoundRuntime {
  variant: VariantSpec
  /** Absolute paths as boxes have them, by name. */
  programs: Readonly<Record<string, string>>
  version: string
  /** The root filesystem it is in; null: this machine's own. */
  root: string | null
}

/** Where to look, and how. */
export interface Surroundings {
  /** Imported root filesystems, which come before this machine. */
  roots: readonly string[]
  /** The version of the Bun that Podium can provide; null where it can't. */
  bunVersion: string | null
  /** Runs a version command in a box over a root filesystem and returns what it printed; null where that fails. */
  askInRoot(root: string, argv: readonly string[]): Promise<string | null>
  /** The same on this machine. */
  askOnHost(argv: readonly string[]): Promise<string | null>
}

/** Where the provided Bun is inside a box. */
export const bunInBox = '/run/podium/bun'

const versionTimeoutMs = 10_000
const versionBytesMax = 4096

/** Finds a runtime: the first variant in the first place that has it; else why there is none. */
export async function findRuntime(spec: RuntimeSpec, around: Surroundings): Promise<FoundRuntime | { reason: string }> {
  const reasons: string[] = []
  for (const root of [...around.roots, null]) {
    for (const variant of spec.variants) {
      const found = await findVariant(variant, root, around)
      if ('version' in found) return found
      if (root === null) reasons.push(found.reason)
    }
  }
  return { reason: reasons.join('; ') }
}

async function findVariant(
  variant: VariantSpec,
  root: string | null,
  around: Surroundings,
): Promise<FoundRuntime | { reason: string }> {
  const programs: Record<string, string> = {}
  for (const [name, candidates] of Object.entries(variant.programs)) {
    const found = root === null ? findOnHost(candidates) : findInRoot(root, candidates)
    if ('reason' in found) return found
    programs[name] = found.path
  }
  if (variant.provides === 'bun') {
    // What it needs of the C library is known of this machine, for Podium itself runs on it.
    if (root !== null) return { reason: 'Podium’s own Bun runs over this machine’s libraries' }
    if (around.bunVersion === null) return { reason: 'this Podium carries no Bun for it' }
    programs[variant.provides] = bunInBox
  }
  const version = await versionOf(variant, { programs, root }, around)
  if (version === null) return { reason: `${Object.values(programs).join(', ')} does not tell its version` }
  if (variant.atLeast !== null && isOlder(version, variant.atLeast))
    return { reason: `it is ${version}, and ${variant.atLeast} or newer is needed` }
  return { variant, programs, version, root }
}

async function versionOf(
  variant: VariantSpec,
  { programs, root }: Pick<FoundRuntime, 'programs' | 'root'>,
  around: Surroundings,
): Promise<string | null> {
  if (variant.version === null) return variant.provides === 'bun' ? around.bunVersion : ''
  const argv = fillCommand(variant.version, programs)
  const said = root === null ? await around.askOnHost(argv) : await around.askInRoot(root, argv)
  return /\d+(\.\d+)+/.exec(said ?? '')?.[0] ?? null
}

/** Whether a version is older than another: by their numbers, from the left. */
export function isOlder(version: string, wanted: string): boolean {
  const [own, other] = [version, wanted].map((text) => text.split('.').map(Number))
  for (const [index, number] of (other ?? []).entries()) {
    const difference = (own?.[index] ?? 0) - number
    if (difference !== 0) return difference < 0
  }
  return false
}

/** Runs a version command on this machine, unprivileged, without our environment, for a short time. */
export async function askOnHost(argv: readonly string[], timeoutMs = versionTimeoutMs): Promise<string | null> {
  try {
    const quiet = { stdin: 'ignore', stdout: 'pipe', stderr: 'pipe', isDetached: true } as const
    const child = spawnAs(identityFor('execution'), argv, { ...quiet, env: { HOME: '/nonexistent' } })
    const timer = setTimeout(() => endGroup(child.pid), timeoutMs)
    const [stdout, stderr, code] = await Promise.all([said(child.stdout), said(child.stderr), child.exited])
    clearTimeout(timer)
    return code === 0 ? stdout + stderr : null
  } catch {
    return null
  }
}

/** With all that it has started: whatever of that lives on would keep its output open. */
function endGroup(leader: number): void {
  try {
    kill(-leader, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

async function said(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const bytes of stream) if (text.length < versionBytesMax) text += decoder.decode(bytes, { stream: true })
  return text
}
