/**
 * Who the servers run as. PostgreSQL refuses to run as root, so a program started as root drops to fixed, high user
 * ids for its servers: one for the control plane, another for pods, so that what runs people's SQL can't even read
 * the control plane's files. The ids need no passwd entry (postgres itself never looks them up) and lie in
 * 60706 to 61183, which systemd's table of ids leaves unused and a rootless container's mapping still reaches.
 * Started as anyone else, everything runs as that user.
 */
import { chownSync } from 'node:fs'

/** An unprivileged user to run a server as. `null`: the user the program runs as, which is not root. */
export type Identity = { uid: number; gid: number } | null

/** What a server is for; `execution`: no server, but the boxes in which people's programs run. */
export type ServerRole = 'control-plane' | 'pod' | 'execution'

const rootIdentities: Record<ServerRole, { uid: number; gid: number }> = {
  'control-plane': { uid: 61101, gid: 61101 },
  pod: { uid: 61102, gid: 61102 },
  execution: { uid: 61103, gid: 61103 },
}

/** The identity for a server of this role, given who the program runs as. */
export function identityFor(role: ServerRole, uid: number = process.getuid?.() ?? 0): Identity {
  return uid === 0 ? rootIdentities[role] : null
}

/** Gives a path to an identity; nothing to do when the program itself is that user. Does not follow into directories. */
export function giveTo(identity: Identity, path: string): void {
  if (identity !== null) chownSync(path, identity.uid, identity.gid)
}

type Input = 'ignore' | 'pipe' | Blob
type Output = 'ignore' | 'pipe' | number

/** How a child is started. */
export interface SpawnOptions<In extends Input, Out extends Output, Err extends Output> {
  stdin: In
  stdout: Out
  stderr: Err
  cwd?: string
  /** Added to the minimal environment; never put a secret here. */
  env?: Record<string, string>
  /** Starts a session of its own, so that Ctrl-C in the terminal does not reach the child before the program stops it. */
  isDetached?: boolean
}

/** A minimal environment: no `BUN_*`, no settings or secrets of the program, the same text and time everywhere. */
export const childEnvironment: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
}

/** Starts a program as the identity, without supplementary groups. Throws where the program can't be started. */
export function spawnAs<In extends Input, Out extends Output, Err extends Output>(
  identity: Identity,
  argv: readonly string[],
  options: SpawnOptions<In, Out, Err>,
): Bun.Subprocess<In, Out, Err> {
  return Bun.spawn([...argv], {
    cwd: options.cwd ?? '/',
    env: { ...childEnvironment, ...options.env },
    stdin: options.stdin,
    stdout: options.stdout,
    stderr: options.stderr,
    ...(options.isDetached === true ? { detached: true } : {}),
    ...(identity === null ? {} : identity),
  })
}

/**
 * Starts a program as the identity with exactly these file descriptors, from 0 on; they stay open here too. In a session
 * of its own, like a server. Throws where the program can't be started.
 */
export function spawnWithDescriptors(
  identity: Identity,
  argv: readonly string[],
  descriptors: readonly number[],
  env: Record<string, string> = {},
): Bun.Subprocess {
  const [stdin = 'ignore', stdout = 'ignore', stderr = 'ignore', ...others] = descriptors
  return Bun.spawn([...argv], {
    cwd: '/',
    env: { ...childEnvironment, ...env },
    stdio: [stdin, stdout, stderr, ...others],
    detached: true,
    ...(identity === null ? {} : identity),
  })
}
