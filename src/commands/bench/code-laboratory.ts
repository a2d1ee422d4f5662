/** Languages and boxes in the bench's own process, and what bubblewrap alone takes for the same programs. */
import { lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { embeddedSource } from '../../catalog/content-source.ts'
import { readConfig } from '../../config.ts'
import { embeddedBytes, embeddedText, listEmbedded } from '../../embedded.ts'
import { processTree } from '../../pods/local/usage.ts'
import { silentLog } from '../../telemetry/log.ts'
import { type ExecutionParts, startExecutions } from '../serve/executions.ts'
import { pssOf } from './memory.ts'
import type { Scratch } from './scratch.ts'

/** A program as it is written. */
export interface Program {
  language: string
  entry: string
  text: string
}

/** See above. */
export interface CodeLaboratory extends ExecutionParts {
  /** Makes a call of bubblewrap that runs the program in a new box of nothing but namespaces; returns its output. */
  bareCall(program: Program): Promise<(stdin?: string) => Promise<string>>
  /** Memory of all boxes of this laboratory as PSS, bubblewrap's own process included. */
  boxesBytes(): number
}

/** Opens it in the bench's directory; its end is noted there. Throws where programs can't be run here. */
export async function openCodeLaboratory(scratch: Scratch): Promise<CodeLaboratory> {
  const dataDir = join(scratch.directory, 'code')
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  await chmod(dataDir, 0o711)
  const config = readConfig({ env: { PODIUM_LOG_LEVEL: 'error' }, flags: { data: dataDir } })
  const builtin = embeddedSource({ list: listEmbedded, text: embeddedText, bytes: embeddedBytes })
  const parts = await startExecutions(config, { dataDir, builtin, log: silentLog })
  scratch.onEnd(async () => await parts.pool.stop())
  if (parts.problem !== null) throw new Error(parts.problem)
  return {
    ...parts,
    bareCall: async (program) => await bareCall(parts, dataDir, program),
    boxesBytes: () => boxesBytes(join(dataDir, 'boxes')),
  }
}

/** Other children of the bench are no boxes; the command line of a box names what all of them show. */
function boxesBytes(directory: string): number {
  const isBox = (pid: number) => commandOf(pid).includes(directory)
  const pids = processTree(process.pid).filter((pid) => pid !== process.pid && isBox(pid))
  return [...new Set(pids.flatMap(processTree))].reduce((bytes, pid) => bytes + pssOf(pid), 0)
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

async function bareCall(
  { runtimes }: ExecutionParts,
  dataDir: string,
  { language, entry, text }: Program,
): Promise<(stdin?: string) => Promise<string>> {
  const { box, commands } = await runtimes.open(language)
  const folder = join(dataDir, 'bare', `${language}-${Bun.hash(text).toString(36)}`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, entry), text)
  const variables = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/work', LANG: 'C.UTF-8', ...box.env }
  const argv = [
    ...['bwrap', '--unshare-all', '--die-with-parent', '--new-session', '--clearenv'],
    ...Object.entries(variables).flatMap(([name, value]) => ['--setenv', name, value]),
    ...systemDirectories.flatMap(shown),
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp', '--ro-bind', folder, '/work'],
    ...box.binds.flatMap(({ from, to }) => ['--ro-bind', from, to]),
    ...['--chdir', '/work', '--', ...commands({ entry, files: [entry] }).run],
  ]
  return async (stdin = '') => {
    const child = Bun.spawn(argv, { stdin: Buffer.from(stdin), stdout: 'pipe', stderr: 'ignore' })
    const [output, code] = await Promise.all([new Response(child.stdout).text(), child.exited])
    if (code !== 0) throw new Error(`bubblewrap ended with ${code}`)
    return output
  }
}

const systemDirectories = ['/usr', '/bin', '/sbin', '/lib', '/lib64', '/etc/alternatives']

function shown(path: string): string[] {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return []
  return found.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path]
}
