/** All of Podium's parts in this process, asked without a network: for proofs that look at many answers. */
import { createApp } from '../app.ts'
import { startParts } from '../commands/serve/parts.ts'
import { readConfig } from '../config.ts'
import { silentLog } from '../telemetry/log.ts'
import { createVisitor, removeDirectory, scratchDirectory, type Visitor } from './program.ts'

/** A started Podium that listens nowhere. */
export interface Site {
  app: ReturnType<typeof createApp>
  parts: Awaited<ReturnType<typeof startParts>>
  visitor(): Visitor
  stop(): Promise<void>
}

const url = 'http://localhost:3000'

/** Starts the parts in a directory of their own. */
export async function startSite(env: Record<string, string> = {}): Promise<Site> {
  const dataDir = await scratchDirectory()
  const config = readConfig({ env: { PODIUM_DATA: dataDir, ...env }, flags: {} })
  const parts = await startParts(config, silentLog)
  const app = createApp(parts)
  return {
    app,
    parts,
    visitor: () => createVisitor(url, async (request) => await app.handle(request)),
    async stop() {
      await parts.stop()
      await removeDirectory(dataDir)
    },
  }
}
