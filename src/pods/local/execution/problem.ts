/** Finds out, by making one, whether boxes can be had on this machine. */
import type { BoxRuntime, ExecutionLimits } from '../../execution.ts'
import { randomName } from '../names.ts'
import { LocalExecutionBox } from './box.ts'
import { type BoxMaker, startProcess } from './start.ts'

const probeLimits: ExecutionLimits = {
  wallMs: 10_000,
  cpuMs: 5_000,
  memoryBytesMax: 64 * 1024 * 1024,
  processesMax: 8,
  openFilesMax: 64,
  fileBytesMax: 1024 * 1024,
  diskBytesMax: 1024 * 1024,
  filesMax: 100,
  outputBytesMax: 4096,
}
const plain: BoxRuntime = { key: 'probe', root: null, binds: [], env: {}, warm: null, boundsAddressSpace: true }
const said = 'a box works'

/** Runs a small job in a real box. Returns why that does not work, or null. */
export async function findProblem(maker: BoxMaker): Promise<string | null> {
  const absent = ['bwrap', 'nice', 'prlimit'].find((name) => Bun.which(name) === null)
  if (absent === 'bwrap') return 'bubblewrap (bwrap) is not installed'
  if (absent !== undefined) return `${absent} is not installed`
  if (!Bun.spawnSync(['bwrap', '--help']).stdout.includes('--size BYTES')) return 'bubblewrap is older than 0.7'
  try {
    const id = randomName('probe-')
    const options = { limits: probeLimits, databaseSocket: null }
    const started = await startProcess(maker, plain, options, id)
    const startPlain = () => Promise.reject(new Error('A probe is never warm'))
    const box = new LocalExecutionBox({
      id,
      runtime: plain,
      options,
      started,
      identity: maker.identity,
      startPlain,
    })
    const content = new TextEncoder().encode(said)
    const { stdout, end, stderr } = await box.run({
      argv: ['/bin/sh', '-c', 'cat told'],
      env: {},
      files: [{ path: 'told', content }],
      archive: null,
      stdin: new Uint8Array(),
      limits: probeLimits,
      hasChannel: false,
      archives: false,
    })
    if (new TextDecoder().decode(stdout) === said) return null
    return `a box does not do what it should (${end}): ${new TextDecoder().decode(stderr).trim() || 'nothing was said'}`
  } catch (error) {
    return error instanceof Error ? error.message.replace('A box did not start: ', '') : String(error)
  }
}
