/** Finds out, by trying, whether pods can be boxed on this machine. */
import { existsSync } from 'node:fs'
import { type Identity, spawnAs } from '../../postgres/identity.ts'
import { writeServerFilter } from './execution/filter.ts'
import { boxArguments, boxRoot } from './launch.ts'

const probeTimeoutMs = 3_000

/** Starts a real box and looks into it from outside. Returns why that does not work, or null. */
export async function probeBox(identity: Identity, filesDirectory: string, directory: string): Promise<string | null> {
  if (!Bun.which('bwrap')) return 'bubblewrap (bwrap) is not installed'
  try {
    return await tryBox(identity, filesDirectory, directory)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function tryBox(identity: Identity, filesDirectory: string, directory: string): Promise<string | null> {
  const box = boxArguments({
    filesDirectory,
    sourceDirectory: directory,
    diskDirectory: null,
    diskBytesMax: 1024 * 1024,
  })
  const filterPath = writeServerFilter(directory)
  const process = spawnAs(identity, ['/bin/sh', '-c', 'exec 3< "$0"; exec "$@"', filterPath, ...box, '/bin/cat'], {
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'pipe',
  })
  let isOver = false
  process.exited.then(() => {
    isOver = true
  })
  const deadline = performance.now() + probeTimeoutMs
  try {
    while (!isOver && performance.now() < deadline) {
      const root = boxRoot(process.pid, true)
      if (root && existsSync(root)) return null
      await Bun.sleep(2)
    }
    if (!isOver)
      return 'what is inside a box can’t be reached from outside (CAP_SYS_PTRACE, or the same user, is needed)'
    const said = (await new Response(process.stderr).text()).trim()
    return said || 'bubblewrap ended without a word'
  } finally {
    process.kill('SIGKILL')
  }
}
