/** What bubblewrap is told: what of this machine a box shows, what it may write, and everything that it is cut off from. */
import { lstatSync, readdirSync, readlinkSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { BoxOptions, BoxRuntime } from '../../execution.ts'
import { namespaceArguments } from '../bubblewrap.ts'

/** What a box is made of beside its runtime. */
export interface BoxParts {
  /** A directory of Podium's own whose files are in `/etc` of all boxes. */
  etcDirectory: string
  /** Paths of this machine that no box may show though they lie in a directory that boxes show. */
  hiddenPaths: readonly string[]
  /** The descriptor that the filter is read from. */
  filterDescriptor: number
}

/** Directories of this machine that boxes show where no root filesystem is given. */
const systemDirectories = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32']
/** Not of these: what is wanted of them, a runtime names. */
const ownPlaces = ['/usr/local', '/usr/src', '/usr/games']
/** What programs of the system look for in `/etc` beside what is Podium's own there. */
const systemSettings = ['/etc/alternatives', '/etc/ld.so.cache']
/** Nothing of a root filesystem: made anew in each box. */
const ownDirectories = new Set(['dev', 'proc', 'sys', 'tmp', 'work', 'run', 'root', 'home', 'mnt', 'media', 'boot'])

/** Shared memory of a box: it counts as memory and as disk. */
const sharedMemoryBytesMax = 16 * 1024 * 1024
/** Where a job's files are and where it runs. */
export const workDirectory = '/work'
/** Where a box sees the socket of its database. */
export const databaseSocketPath = '/run/podium/.s.PGSQL.5432'

/** The arguments of `bwrap` up to the command. */
export function boxArguments(runtime: BoxRuntime, options: BoxOptions, parts: BoxParts): string[] {
  const { limits, databaseSocket } = options
  return [
    ...namespaceArguments(),
    ...['--die-with-parent', '--as-pid-1', '--new-session', '--cap-drop', 'ALL', '--uid', '1000', '--gid', '1000'],
    ...['--hostname', 'box', '--clearenv', ...environment(runtime)],
    ...(runtime.root === null ? hostArguments(parts.etcDirectory) : rootArguments(runtime.root)),
    ...runtime.binds.flatMap(({ from, to }) => ['--ro-bind', from, to]),
    ...parts.hiddenPaths.flatMap((path) => hideArguments(path, runtime)),
    ...(runtime.root === null ? existing(ownPlaces).flatMap((path) => ['--remount-ro', path]) : []),
    ...(databaseSocket === null ? [] : ['--ro-bind', databaseSocket, databaseSocketPath]),
    // What is written there goes into memory and settings of processes, the first one's too.
    ...['--proc', '/proc', '--remount-ro', '/proc', '--dev', '/dev'],
    ...['--size', String(sharedMemoryBytesMax), '--perms', '1777', '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    ...['--size', String(limits.diskBytesMax), '--perms', '1777', '--tmpfs', '/tmp'],
    ...['--size', String(limits.diskBytesMax), '--perms', '0755', '--tmpfs', workDirectory],
    ...['--chdir', workDirectory, '--remount-ro', '/', '--seccomp', String(parts.filterDescriptor), '--'],
  ]
}

function environment({ env }: BoxRuntime): string[] {
  const all = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: workDirectory, LANG: 'C.UTF-8', TZ: 'UTC', ...env }
  return Object.entries(all).flatMap(([name, value]) => ['--setenv', name, value])
}

function hostArguments(etcDirectory: string): string[] {
  return [
    ...systemDirectories.flatMap((path) => showArguments(path, path)),
    ...existing(ownPlaces).flatMap((path) => ['--perms', '0755', '--tmpfs', path]),
    ...readdirSync(etcDirectory).flatMap((name) => showArguments(join(etcDirectory, name), `/etc/${name}`)),
    ...systemSettings.flatMap((path) => showArguments(path, path)),
  ]
}

function existing(paths: readonly string[]): string[] {
  return paths.filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isDirectory())
}

/** A root filesystem's own top folders; each file system of its own in a box is put beside them. */
function rootArguments(root: string): string[] {
  return readdirSync(root)
    .filter((name) => !ownDirectories.has(name))
    .flatMap((name) => showArguments(join(root, name), `/${name}`))
}

/** Shows a directory or file read-only, a link as a link; nothing where there is none. */
function showArguments(from: string, to: string): string[] {
  const found = lstatSync(from, { throwIfNoEntry: false })
  if (!found) return []
  return found.isSymbolicLink() ? ['--symlink', readlinkSync(from), to] : ['--ro-bind', from, to]
}

/** Covers a path with nothing wherever a box would show it. */
function hideArguments(path: string, { root, binds }: BoxRuntime): string[] {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) return []
  const real = realpathSync(path)
  const isDirectory = lstatSync(real).isDirectory()
  const system = root === null && !isBelow(real, ownPlaces) ? systemDirectories.map((to) => ({ from: to, to })) : []
  return [...system, ...binds]
    .filter(({ from }) => isBelow(real, [from]))
    .map(({ from, to }) => to + real.slice(from.length))
    .flatMap((shown) => {
      if (isDirectory) return ['--perms', '0000', '--tmpfs', shown, '--remount-ro', shown]
      return ['--ro-bind', '/dev/null', shown]
    })
}

function isBelow(path: string, directories: readonly string[]): boolean {
  return directories.some((directory) => path === directory || path.startsWith(`${directory}/`))
}
