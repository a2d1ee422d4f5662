/** Drafts that save by themselves at a steady pace; then the machine is taken away, and every one must be there. */
import { latestDraft, saveDraft } from '../../../store/drafts.ts'
import { compare, type Sample } from '../compare.ts'
import { addReaders, inControlPlane, tasksOf, tokenOf } from '../crowd.ts'
import { type Figure, figureOf, noneFailed, type Target } from '../figure.ts'
import type { Bench, Measure } from '../measure.ts'

/** See above. */
export const autosave: Measure = { name: 'autosave', title: 'Drafts saved by themselves', take }

/** Each of them saves once a second. */
const writersCount = 200
/** A query of this length, and a line that changes. */
const text = 'select station, count(*), max(level) from reading group by station order by station;\n'.repeat(12)

/** Somebody who writes, and what was acknowledged. */
interface Writer {
  attemptId: string
  token: string
  draft: { version: number; text: string }
}

async function take(bench: Bench): Promise<Figure[]> {
  const site = await bench.site()
  const { dataDir } = site.program
  const [writers, plainWriters] = [await addWriters(site.program), await addWriters(site.program)]
  const amount = { ...bench.amount(1), each: bench.isQuick ? 1 : 2, budgetMs: 60_000 }
  const { measured, raw } = await inControlPlane(dataDir, async (sql) => {
    return await compare(amount, {
      measured: second(writers, async (writer, next) => await saveOverHttp(site.program.url, writer, next)),
      raw: second(plainWriters, async ({ attemptId, draft }, next) => {
        const saved = await saveDraft(sql, { attemptId, text: next, version: draft.version })
        if (!saved.isSaved) throw new Error('somebody else saved')
        return saved.version
      }),
    })
  })
  await site.program.kill()
  await site.restart()
  const kept = await countKept(dataDir, writers)
  return [
    figureOf({
      title: `a draft, ${writersCount} a second`,
      series: measured,
      raw: { what: 'the same statement straight to the control plane, as often', series: raw },
      targets: (summary) => [noneFailed(summary), keptTarget(kept)],
      note: 'counted from when each was due',
    }),
  ]
}

async function addWriters({ url, dataDir }: { url: string; dataDir: string }): Promise<Writer[]> {
  const tasks = (await tasksOf(url)).slice(0, 1)
  return await inControlPlane(dataDir, async (sql) => {
    const readers = await addReaders(sql, { count: writersCount, tasks })
    return await Promise.all(
      readers.map(async (reader) => {
        const draft = { version: 0, text: '' }
        return { attemptId: reader.attemptIds[0] ?? '', token: await tokenOf(sql, reader), draft }
      }),
    )
  })
}

/** Everybody saves once within a second, evenly spread. A save that waits does not hold up those after it. */
function second(writers: readonly Writer[], save: (writer: Writer, next: string) => Promise<number>): Sample {
  return async (series) => {
    const startedMs = performance.now()
    await Promise.all(
      writers.map(async (writer, place) => {
        const dueMs = startedMs + (place * 1_000) / writers.length
        await Bun.sleep(Math.max(0, dueMs - performance.now()))
        const next = `${text}-- ${writer.draft.version + 1}`
        try {
          writer.draft = { version: await save(writer, next), text: next }
          series.note(performance.now() - dueMs)
        } catch (cause) {
          series.fail(cause)
        }
      }),
    )
  }
}

async function saveOverHttp(url: string, { attemptId, token, draft }: Writer, next: string): Promise<number> {
  const response = await fetch(`${url}/attempts/${attemptId}/draft`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ text: next, version: draft.version }),
  })
  const answer = Object(await response.json())
  if (!response.ok || typeof answer.version !== 'number') throw new Error(`a save was answered ${response.status}`)
  return answer.version
}

/** How many writers find their last acknowledged draft, or one after it. */
async function countKept(dataDir: string, writers: readonly Writer[]): Promise<number> {
  return await inControlPlane(dataDir, async (sql) => {
    const found = await Promise.all(
      writers.map(async ({ attemptId, draft }) => {
        const latest = await latestDraft(sql, attemptId)
        const isSame = latest?.version === draft.version && latest.text === draft.text
        return isSame || (latest?.version ?? 0) > draft.version
      }),
    )
    return found.filter(Boolean).length
  })
}

function keptTarget(kept: number): Target {
  return {
    text: `all there after kill -9 of the program and its control plane (${kept} of ${writersCount})`,
    isMet: kept === writersCount,
  }
}
