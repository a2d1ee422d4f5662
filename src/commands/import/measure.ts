/** What the references of imported exercises take here: where a package leaves its time limit to the machine of a judge. */
import { embeddedSource } from '../../catalog/content-source.ts'
import { requireCode } from '../../catalog/kinds.ts'
import { loadCatalog } from '../../catalog/load-catalog.ts'
import type { Config } from '../../config.ts'
import { embeddedBytes, embeddedText, listEmbedded } from '../../embedded.ts'
import { type CodeGrader, createCodeGrader } from '../../grading/code/code-grader.ts'
import { silentLog } from '../../telemetry/log.ts'
import { proofWaitMs, startExecutions } from '../serve/executions.ts'

/**
 * Runs every reference of the exercises in a folder of tracks, one after another. What can't be run here, or is not
 * accepted, has no figure.
 */
export async function measureReferences(config: Config, directory: string): Promise<ReadonlyMap<string, number>> {
  const builtin = embeddedSource({ list: listEmbedded, text: embeddedText, bytes: embeddedBytes })
  const surroundings = { dataDir: config.dataDir, builtin, log: silentLog, waitMs: proofWaitMs }
  const code = await startExecutions(config, surroundings)
  const slowest = new Map<string, number>()
  try {
    if (code.problem !== null) return slowest
    const { useBox, useBoxes } = code.pool
    const grader = createCodeGrader({
      ...{ runtimes: code.runtimes, useBox, useBoxes, limits: code.limits },
      useSandbox: () => Promise.reject(new Error('A problem package has no database')),
    })
    const { tracks } = loadCatalog({ builtin: null, directories: [directory] })
    for (const exercise of tracks.flatMap(({ exercises }) => exercises).map(requireCode)) {
      if ((await grader.problemOf(exercise)) !== null) continue
      const figures = await timesOf(grader, exercise)
      if (figures.length > 0) slowest.set(exercise.slug, Math.max(...figures))
    }
    return slowest
  } finally {
    await code.pool.stop()
  }
}

/** Milliseconds of computing of each case that a reference passed. */
async function timesOf(grader: CodeGrader, exercise: ReturnType<typeof requireCode>): Promise<number[]> {
  const times: number[] = []
  for (const answer of exercise.solutions) {
    try {
      const verdict = await grader.grade({ exercise, answer, personId: `import ${exercise.slug}` })
      const passed = verdict.code.items.filter(({ outcome }) => outcome === 'passed')
      times.push(...passed.map(({ cpuMs, durationMs }) => cpuMs ?? durationMs ?? 0))
    } catch {
      // What is broken about it, podium check says in full.
    }
  }
  return times
}
