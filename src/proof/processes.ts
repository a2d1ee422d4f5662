/** The processes of a Podium, found by its data directory, and waiting for what becomes of them. */
import { readdirSync, readFileSync } from 'node:fs'

/** Processes that name the data directory on their command line, with what they are. */
function processesOf(dataDir: string): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return command.includes(dataDir) ? [{ pid: Number(name), command }] : []
      } catch {
        return []
      }
    })
}

/** Boxes and servers of sandboxes. */
export function podsOf(dataDir: string): number[] {
  return processesOf(dataDir)
    .filter(({ command }) => /bwrap|\/pods\/pod-/.test(command))
    .map(({ pid }) => pid)
}

/** The first process of its control plane; none where it is down. */
export function controlPlanesOf(dataDir: string): number[] {
  return processesOf(dataDir)
    .filter(({ command }) => command.includes(`-D ${dataDir}/control`))
    .map(({ pid }) => pid)
}

/** Waits for something; returns after how many ms it was so. Throws, naming it, where it takes longer than allowed. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<number> {
  const startedMs = performance.now()
  while (performance.now() - startedMs < timeoutMs) {
    if (await condition()) return performance.now() - startedMs
    await Bun.sleep(10)
  }
  throw new Error(`${what} did not happen in ${timeoutMs} ms`)
}

/** Whether a program says that it can serve. One that does not answer at all can't. */
export async function isReady({ url }: { url: string }): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
  return answer?.ok === true
}
