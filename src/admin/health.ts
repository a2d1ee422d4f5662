/** How Podium is: everything that the health page and the report show. */
import type { HealthProps, PartRow } from '../../views/admin/health.tsx'
import type { LiveCatalog } from '../catalog/live-catalog.ts'
import type { DatabasePool } from '../sandboxes/create-pool.ts'
import type { ExecutionPool } from '../sandboxes/executions.ts'
import { type History, type Sample, sampleEveryMs } from './history.ts'

/** What health is read from. */
export interface HealthSources {
  library: LiveCatalog
  pool: DatabasePool
  /** What programs run in. */
  boxes: ExecutionPool
  history: History
  isBoxed: boolean
  about: About
}

/** What does not change while the program runs. */
export interface About {
  machine: { cores: number; memoryBytes: number }
  /** Settings without what is nobody's business, one a line. */
  settings: readonly string[]
  limits: { memoryBytes: number; runsAtOnceMax: number; diskReserveBytes: number }
}

/** With less free than so many reserves somebody should look before runs are refused. */
const reservesWanted = 2

/** Everything but the page's own props. */
export type Health = Omit<HealthProps, 'page' | 'report'>

/** Looks at everything now. */
export async function healthOf(sources: HealthSources): Promise<Health> {
  const { library, pool, boxes, history, isBoxed, about } = sources
  const now = await history.look()
  const { claims, pods, images, hitRatio, grading, sandboxesMax } = pool.status()
  const programs = boxes.status()
  const problems = library.current('all').problems.length
  return {
    checkedAt: new Date(now.atMs).toISOString(),
    samplesEveryMs: sampleEveryMs,
    needs: needsOf(now, {
      isBoxed,
      codeProblem: programs.problem,
      problems,
      reserveBytes: about.limits.diskReserveBytes,
    }),
    inUse: now.inUse,
    ready: now.ready,
    grading,
    sandboxesMax,
    running: now.running,
    waiting: now.waiting,
    hitRatio,
    disk: now.disk,
    parts: partsOf(sources, now),
    claims: [
      { what: 'Claim of a ready sandbox', ...claims.hit },
      { what: 'Claim that waited for a clone', ...claims.miss },
      { what: 'Program that found a box ready', ...programs.pool.claims.hit },
      { what: 'Program that waited for a box', ...programs.pool.claims.miss },
    ],
    memoryBytes: now.memoryBytes,
    podDiskBytes: now.podDiskBytes,
    images,
    pods: pods.map((pod) => ({ ...pod, id: pod.id ?? 'starting', image: pod.imageHash.slice(0, 12) })),
  }
}

/** What somebody should look at, a sentence each. */
function needsOf(
  { waiting, programsWaiting, disk, databaseMs }: Sample,
  {
    isBoxed,
    codeProblem,
    problems,
    reserveBytes,
  }: { isBoxed: boolean; codeProblem: string | null; problems: number; reserveBytes: number },
): string[] {
  return [
    isBoxed ? null : 'Sandboxes are not boxed: podium doctor tells the mend.',
    codeProblem === null ? null : `Code exercises are off: ${codeProblem}.`,
    problems === 0 ? null : `The catalogue has ${problems === 1 ? 'a problem' : `${problems} problems`}.`,
    waiting < 20 ? null : `${waiting} statements wait for their turn.`,
    programsWaiting < 20 ? null : `${programsWaiting} programs wait for their turn.`,
    disk === null ? null : diskNeed(disk.freeBytes, reserveBytes),
    databaseMs === null ? 'The control plane does not answer.' : null,
  ].filter((sentence) => sentence !== null)
}

function diskNeed(freeBytes: number, reserveBytes: number): string | null {
  if (freeBytes < reserveBytes) return 'The disk is almost full: runs and checks are refused until there is room.'
  return freeBytes < reserveBytes * reservesWanted ? 'The disk of the data directory is nearly full.' : null
}

/** A line for each part: the last hour, now, and where its limit is. */
function partsOf({ history, pool, boxes, about: { limits } }: HealthSources, now: Sample): PartRow[] {
  const { sandboxesMax } = pool.status()
  const { memoryBudgetBytes } = boxes.status()
  const row = (
    name: string,
    unit: PartRow['unit'],
    of: (sample: Sample) => number | null,
    limit: number | null = null,
  ): PartRow => {
    return { name, unit, values: [...history.samples().map(of), of(now)], now: of(now), limit }
  }
  return [
    row('Sandboxes in use', 'count', ({ inUse }) => inUse, sandboxesMax),
    row('Sandboxes ready', 'count', ({ ready }) => ready),
    row('Claims in half a minute', 'count', ({ claims }) => claims),
    row('Claim of a ready sandbox, p95', 'time', ({ hitP95Ms }) => hitP95Ms),
    row('Claim that waited for a clone, p95', 'time', ({ missP95Ms }) => missP95Ms),
    row('Statements running', 'count', ({ running }) => running, limits.runsAtOnceMax),
    row('Statements waiting', 'count', ({ waiting }) => waiting),
    row('Programs running', 'count', ({ programsRunning }) => programsRunning, limits.runsAtOnceMax),
    row('Programs waiting', 'count', ({ programsWaiting }) => programsWaiting),
    row('Boxes ready for programs', 'count', ({ boxesReady }) => boxesReady),
    row('Control plane, smallest question', 'time', ({ databaseMs }) => databaseMs),
    row('Memory of pods', 'bytes', ({ memoryBytes }) => memoryBytes, limits.memoryBytes - memoryBudgetBytes),
    row('Memory of boxes', 'bytes', ({ boxMemoryBytes }) => boxMemoryBytes, memoryBudgetBytes),
    row('Disk free', 'bytes', ({ disk }) => disk?.freeBytes ?? null, now.disk?.totalBytes ?? null),
  ]
}
