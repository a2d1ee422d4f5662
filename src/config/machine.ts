/** What the defaults of settings depend on: this machine's size, and where this user may keep data. */
import { accessSync, constants, existsSync } from 'node:fs'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'

/** The facts about a machine that defaults are made from. */
export interface Machine {
  /** Memory this process may use: a container's limit where there is one. */
  memoryBytes: number
  cores: number
  userId: number
  /** The default data directory. */
  dataDir: string
}

/** Measures the machine Podium runs on. */
export function thisMachine(env: Readonly<Record<string, string | undefined>> = process.env): Machine {
  const limit = process.constrainedMemory()
  const userId = process.getuid?.() ?? 0
  return {
    memoryBytes: limit > 0 ? Math.min(limit, totalmem()) : totalmem(),
    cores: availableParallelism(),
    userId,
    dataDir: defaultDataDir(env, userId),
  }
}

/**
 * Where data goes when nobody says: root's in /var/lib, for servers drop to a user who cannot enter /root; a person's
 * in their XDG folder; without a home that can be written (containers under an arbitrary user), in the working
 * directory, else in a folder of this user under /tmp, which whoever creates it must make with mode 0700.
 */
export function defaultDataDir(
  env: Readonly<Record<string, string | undefined>>,
  userId: number,
  canWrite: (folder: string) => boolean = canCreateIn,
): string {
  if (userId === 0) return '/var/lib/podium'
  const share = env.XDG_DATA_HOME ?? ''
  if (isAbsolute(share)) return join(share, 'podium')
  const home = env.HOME ?? ''
  if (isAbsolute(home) && home !== '/' && canWrite(join(home, '.local', 'share'))) {
    return join(home, '.local', 'share', 'podium')
  }
  return canWrite(process.cwd()) ? resolve('podium-data') : join(tmpdir(), `podium-${userId}`)
}

/** Whether this user could create the folder or, where it exists, write into it. */
function canCreateIn(folder: string): boolean {
  let nearest = folder
  while (!existsSync(nearest) && nearest !== dirname(nearest)) nearest = dirname(nearest)
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}
