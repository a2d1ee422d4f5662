/**
 * Starts a pod's server: in a bubblewrap box, or as a plain process under rlimits. Always argv arrays and fixed scripts
 * whose values are arguments, never text put together. Must run on the main thread: the parent-death signal follows the
 * thread that spawned.
 */
import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { kill } from 'node:process'
import { type Identity, spawnAs } from '../../postgres/identity.ts'
import { namespaceArguments } from './bubblewrap.ts'
import { directoryBytes } from './disk.ts'
import { processTree, usedBytes } from './usage.ts'

/** How a server is to be started. */
export interface LaunchOptions {
  isBoxed: boolean
  identity: Identity
  /** Directory of the server's files (`bin`, `lib`, `share`). */
  filesDirectory: string
  /** The filter of system calls (see `writeServerFilter`), which whoever runs the server may read. */
  filterPath: string
  /** The data directory to copy. */
  sourceDirectory: string
  /** Directory on disk that holds the data; null for memory (boxed only). */
  diskDirectory: string | null
  /** The directory outlives the server (an image under construction). */
  keepsDisk?: boolean
  memoryBytesMax: number
  diskBytesMax: number
  /** Most processes in the box; null where only the server's own can come about. */
  processesMax: number | null
  /** Arguments of the server after `-D`. Paths in them are the server's (see `serverPaths`). */
  settings: readonly string[]
}

/** A started server. */
export interface Launched {
  process: Bun.Subprocess<'ignore', 'ignore', 'pipe'>
  /** Path to the server's socket, or null as long as there is none. */
  socketPath(): string | null
  /** Where its data is on disk; null where it is in memory. */
  diskDirectory: string | null
  /** Its data as this process reaches it; null where it is not there yet. */
  dataPath(): string | null
  /** Bytes that its data takes. */
  diskBytes(): Promise<number>
  /** Asks the server itself to shut down cleanly. */
  interrupt(): void
  /** Ends it and all it started, at once. */
  kill(): void
  /** What the server said before it was ready, at most 8 KB. */
  complaints(): string
  /** Stops listening to what it says, where a person can make it say anything. */
  deafen(): void
}

/** Room of the write-ahead log and of what a checkpoint writes beside it; the server begins to reuse it at a third of this. */
const logBytesMax = 64 * 1024 * 1024
const socketName = '.s.PGSQL.5432'

/** Where things are, as the server sees them. */
export function serverPaths(options: Pick<LaunchOptions, 'isBoxed' | 'filesDirectory' | 'diskDirectory'>) {
  if (options.isBoxed) return { files: '/pg', data: '/pod/data' }
  return {
    files: options.filesDirectory,
    data: join(options.diskDirectory ?? '', 'data'),
  }
}

/**
 * Limits, then the rest. The kernel is told to take these processes first when memory runs out. `ulimit -f` counts
 * 512-byte blocks; `-` leaves a limit alone. The box reads its filter of system calls from descriptor 3.
 */
const limitScript = `ulimit -c 0
ulimit -v "$1"
[ "$2" = - ] || ulimit -f "$2"
[ "$3" = - ] || exec 3< "$3"
shift 3
echo 900 > /proc/self/oom_score_adj
exec nice -n 10 "$@"`

/**
 * Copies the data, becomes the server. In memory the folders in which the server must be able to write have a room of
 * their own (below `/log`, already linked): the write-ahead log, and `pg_logical`, where each checkpoint makes a small
 * file. A full disk is then an error of one statement, and never the PANIC that costs everybody in the pod their server.
 */
const serverScript = `set -e
files=$1 source=$2 data=$3 processes=$4
shift 4
umask 077
if [ -L "$data/pg_wal" ]; then
  data_files=
  for file in "$source"/*; do
    case "$file" in */pg_wal | */pg_logical) ;; *) data_files="$data_files $file" ;; esac
  done
  cp -r $data_files "$data"
  cp -r "$source/pg_wal" "$source/pg_logical" /log
else
  cp -r --reflink=auto "$source" "$data"
fi
if [ "$processes" != - ]; then
  if (ulimit -u "$processes") 2> /dev/null; then ulimit -u "$processes"; else ulimit -p "$processes"; fi
fi
exec "$files/bin/postgres" -D "$data" "$@"`

/** Starts the server. What goes wrong shows in `process.exited` and `complaints`. */
export function launch(options: LaunchOptions): Launched {
  const paths = serverPaths(options)
  const source = options.isBoxed ? '/image' : options.sourceDirectory
  const processes = options.processesMax === null ? '-' : String(options.processesMax)
  const server = ['/bin/sh', '-c', serverScript, 'sh', paths.files, source, paths.data, processes, ...options.settings]
  const fileBlocksMax = options.isBoxed ? '-' : String(Math.ceil(options.diskBytesMax / 512))
  const limits = [String(Math.floor(options.memoryBytesMax / 1024)), fileBlocksMax]
  const limited = ['/bin/sh', '-c', limitScript, 'sh', ...limits, options.isBoxed ? options.filterPath : '-']
  const argv = [...dying(options), ...limited, ...(options.isBoxed ? boxArguments(options) : []), ...server]
  const process = spawnAs(options.identity, argv, {
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
    isDetached: true,
  })
  return observe(process, options)
}

/** An unboxed server is told to shut down at once when Podium dies; a box dies by itself. */
function dying({ isBoxed }: LaunchOptions): string[] {
  return isBoxed ? [] : ['setpriv', '--no-new-privs', '--pdeathsig', 'QUIT', '--']
}

/** The box: no network, no host files but the server, the C library and four small tools, everything read-only but data. */
export function boxArguments(
  options: Pick<LaunchOptions, 'filesDirectory' | 'sourceDirectory' | 'diskDirectory' | 'diskBytesMax'>,
): string[] {
  const data = options.diskDirectory
    ? ['--bind', options.diskDirectory, '/pod']
    : [
        ...['--perms', '0700', '--size', String(options.diskBytesMax), '--tmpfs', '/pod'],
        ...['--perms', '0700', '--size', String(logBytesMax), '--tmpfs', '/log'],
        ...['--perms', '0700', '--dir', '/pod/data'],
        ...['--symlink', '/log/pg_wal', '/pod/data/pg_wal'],
        ...['--symlink', '/log/pg_logical', '/pod/data/pg_logical'],
      ]
  return [
    'bwrap',
    ...namespaceArguments(),
    ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--hostname', 'pod', '--clearenv'],
    ...['--setenv', 'PATH', '/usr/bin:/bin', '--setenv', 'LC_ALL', 'C', '--setenv', 'TZ', 'UTC'],
    // The server finds its libraries by /proc/self/exe otherwise, and a pod needs no /proc.
    ...['--setenv', 'LD_LIBRARY_PATH', '/pg/lib'],
    ...systemArguments(),
    ...['--ro-bind', options.filesDirectory, '/pg'],
    ...['--ro-bind', options.sourceDirectory, '/image', ...data],
    ...['--dev', '/dev', '--remount-ro', '/dev', '--chdir', '/', '--remount-ro', '/', '--seccomp', '3', '--'],
  ]
}

/** The C library and the few tools that the scripts use. Whole of /usr would show Podium's own program. */
function systemArguments(): string[] {
  const tools = ['/bin/sh', '/bin/cp', '/bin/cat'].map((path) => ['--ro-bind', realpathSync(path), `/usr${path}`])
  const libraries = ['/lib', '/lib64', '/usr/lib64', '/usr/lib'].flatMap(libraryArguments)
  return [...libraries, ...tools.flat(), '--symlink', 'usr/bin', '/bin']
}

function libraryArguments(path: string): string[] {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) return []
  if (found.isSymbolicLink()) return ['--symlink', path === '/lib' ? 'usr/lib' : 'usr/lib64', path]
  return ['--ro-bind', path, path]
}

function observe(process: Launched['process'], options: LaunchOptions): Launched {
  let said = ''
  let isListening = true
  const reader = process.stderr.getReader()
  const listen = async () => {
    const decoder = new TextDecoder()
    for (let part = await reader.read(); !part.done && isListening; part = await reader.read())
      if (said.length < 8192) said += decoder.decode(part.value, { stream: true })
  }
  listen().catch(() => {})
  const root = () => boxRoot(process.pid, options.isBoxed)
  return {
    process,
    socketPath: () => {
      const path = root()
      return path && findSocket(path)
    },
    diskDirectory: options.diskDirectory,
    dataPath: root,
    diskBytes: async () => {
      const path = options.diskDirectory ?? root()
      if (!path) return 0
      return options.diskDirectory ? directoryBytes(path) : usedBytes(path)
    },
    interrupt: () => {
      const pid = options.isBoxed ? processTree(process.pid)[2] : process.pid
      if (pid) signalProcess(pid, 'SIGINT')
    },
    kill: () => {
      // The box's first process takes the rest along; without a box each is named before its parent is gone.
      const tree = options.isBoxed ? [] : processTree(process.pid)
      process.kill('SIGKILL')
      for (const pid of tree) signalProcess(pid, 'SIGKILL')
    },
    complaints: () => said.trim(),
    // Left unread, not closed: who floods it waits for ever, and a program that says something is not killed for it.
    deafen: () => {
      isListening = false
    },
  }
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    kill(pid, signal)
  } catch {
    // It has ended by itself.
  }
}

/** The data directory as this process reaches it: through the box's own root, or through the server's working directory. */
export function boxRoot(pid: number, isBoxed: boolean): string | null {
  if (!isBoxed) return `/proc/${pid}/cwd`
  try {
    const child = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]
    return child ? `/proc/${child}/root/pod/data` : null
  } catch {
    return null
  }
}

/**
 * The socket, if the name is one and no link. In a pod of one's own that directory is the learner's: what they could put
 * there still fails to prove that it knows the pod's secret.
 */
function findSocket(directory: string): string | null {
  try {
    if (directory.endsWith('/data') && !lstatSync(directory).isDirectory()) return null
    const path = `${directory}/${socketName}`
    return lstatSync(path).isSocket() ? path : null
  } catch {
    return null
  }
}
