/** The item about the port: free, taken, forbidden, or answered by a Podium already. */
import { createServer } from 'node:net'
import type { Config } from '../../config.ts'
import { type Finding, mend, missing, ok } from './finding.ts'

/** Tries to listen where Podium would. */
export async function checkPort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<Finding> {
  const item = 'port'
  const place = `${host}:${port}`
  const code = await listenOnce(host, port)
  if (code === null) return ok(item, `${place} is free`)
  if (code === 'EADDRINUSE') {
    if (await answersAsPodium(port)) return ok(item, `${place} is answered by a running Podium`)
    return missing(item, `${place} is taken by another program`, 'Podium cannot listen there.', [
      mend('choose another: --port 3001 or PODIUM_PORT=3001; to see who has it: ss -ltnp'),
    ])
  }
  if (code === 'EACCES') {
    return missing(item, `${place} is not allowed for this user`, 'Ports below 1024 are for privileged programs.', [
      mend('choose a port above 1023, behind a proxy'),
    ])
  }
  return missing(item, `${place}: ${code}`, 'Podium cannot listen there.', [
    mend('set PODIUM_HOST to an address of this machine; 127.0.0.1 always is one'),
  ])
}

/** Null where listening worked, else the error's code. */
async function listenOnce(host: string, port: number): Promise<string | null> {
  return await new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)))
  })
}

async function answersAsPodium(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(1000) })
    return response.ok && response.headers.has('x-request-id')
  } catch {
    return false
  }
}
