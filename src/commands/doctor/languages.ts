/** An item for each language, with its mend. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embeddedSource } from '../../catalog/content-source.ts'
import type { Config } from '../../config.ts'
import { embeddedBytes, embeddedText, listEmbedded } from '../../embedded.ts'
import type { Runtime } from '../../runtimes/runtime.ts'
import { silentLog } from '../../telemetry/log.ts'
import { startExecutions } from '../serve/executions.ts'
import { type Finding, install, ok, weaker } from './finding.ts'

/** Looks for every language; none where there are no boxes to run them in, which an item of its own says. */
export async function checkLanguages(config: Config): Promise<Finding[]> {
  // Boxes' user must be able to enter it.
  const scratch = mkdtempSync(join(tmpdir(), 'podium-doctor-'))
  chmodSync(scratch, 0o755)
  const builtin = embeddedSource({ list: listEmbedded, text: embeddedText, bytes: embeddedBytes })
  const { problem, runtimes, pool } = await startExecutions(config, { dataDir: scratch, builtin, log: silentLog })
  try {
    return problem === null ? runtimes.list.map(checkLanguage) : []
  } finally {
    await pool.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** One language as an item. */
export function checkLanguage({ title, version, problem, install: names }: Runtime): Finding {
  if (problem === null) return ok(title, version ?? 'here')
  const [reason = problem] = problem.replace(`${title} is not here: `, '').split('. Install it: ')
  return weaker(title, reason, `Exercises in ${title} are off.`, names === null ? [] : install(names))
}
