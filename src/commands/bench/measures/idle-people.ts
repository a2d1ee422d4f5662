/**
 * Many people with a page open who do nothing: each has a session, an attempt and a connection that stays open. What
 * they cost in memory, and whether the others' pages are as fast as in a Podium that knows ten people.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare, Series } from '../compare.ts'
import { addReaders, inControlPlane, type Reader, tasksOf } from '../crowd.ts'
import { type Figure, figureOf, noneFailed, ratioAtMost } from '../figure.ts'
import type { Bench, Measure } from '../measure.ts'
import { memoryOf } from '../memory.ts'
import { pagesSample, readersAtOnce } from '../pages.ts'
import { type Program, startProgram } from '../program.ts'

/** See above. */
export const idlePeople: Measure = { name: 'idle-people', title: 'People who do nothing', take }

const fewCount = 10
const manyCount = 10_000
const quickCount = 300
const megabyte = 1024 ** 2
/** What ten thousand may add to the program and its control plane. */
const memoryMaxBytes = 200 * megabyte
/** Connections that are opened at once. */
const openingAtOnce = 50

interface Place {
  program: Program
  readers: Reader[]
  end(): void
}

async function take(bench: Bench): Promise<Figure[]> {
  const count = bench.isQuick ? quickCount : Math.min(manyCount, openFilesMax() - 1_000)
  const few = await openPlace(bench, 'few', fewCount)
  const many = await openPlace(bench, 'many', count)
  try {
    const { measured, raw } = await compare(bench.amount(40), {
      measured: pagesSample(() => pageOf(many), 1_000),
      raw: pagesSample(() => pageOf(few), 1_000),
    })
    return [
      figureOf({
        title: `one page where ${count} are idle, ${readersAtOnce} readers at once`,
        series: measured,
        raw: { what: `the same in a Podium that knows ${fewCount} people`, series: raw },
        targets: (summary, comparison) => [ratioAtMost(comparison, 'p50', 1.2), noneFailed(summary)],
        note: `each of the ${count} has a session, an attempt and an open connection`,
      }),
      memoryFigure(`what ${count - fewCount} more people take`, memoryOfPlace(many) - memoryOfPlace(few)),
    ]
  } finally {
    for (const place of [few, many]) place.end()
    await Promise.all([few, many].map(async ({ program }) => await program.stop()))
  }
}

async function openPlace(bench: Bench, name: string, count: number): Promise<Place> {
  const program = await startProgram(bench.scratch, { dataDir: join(bench.scratch.directory, name) })
  const tasks = (await tasksOf(program.url)).slice(0, 1)
  const readers = await inControlPlane(program.dataDir, async (sql) => await addReaders(sql, { count, tasks }))
  const closing: (() => void)[] = []
  const waiting = [...readers]
  const open = async () => {
    for (let reader = waiting.pop(); reader !== undefined; reader = waiting.pop()) {
      closing.push(await openPage(program.url, reader))
    }
  }
  await Promise.all(Array.from({ length: openingAtOnce }, open))
  return {
    program,
    readers,
    end: () => {
      for (const close of closing) close()
    },
  }
}

/** Asks who one is, and leaves the connection open as a browser does. Returns how to close it. */
async function openPage(url: string, { cookie }: Reader): Promise<() => void> {
  const { hostname, port, host } = new URL(url)
  return await new Promise((resolve, reject) => {
    void Bun.connect({
      hostname,
      port: Number(port),
      socket: {
        open: (socket) => void socket.write(`GET /api/users/me HTTP/1.1\r\nhost: ${host}\r\ncookie: ${cookie}\r\n\r\n`),
        data: (socket, bytes) => {
          if (bytes.toString().startsWith('HTTP/1.1 200')) resolve(() => socket.end())
          else reject(new Error(bytes.toString().slice(0, 200)))
        },
        connectError: (_, error) => reject(error),
      },
    }).catch(reject)
  })
}

function pageOf({ program, readers }: Place): { url: string; cookie: string } {
  const reader = readers[Math.floor(Math.random() * readers.length)]
  return { url: `${program.url}/exercises`, cookie: reader?.cookie ?? '' }
}

function memoryOfPlace({ program }: Place): number {
  const { programBytes, controlPlaneBytes } = memoryOf(program)
  return programBytes + controlPlaneBytes
}

function memoryFigure(title: string, bytes: number): Figure {
  const series = new Series()
  series.note(bytes / megabyte)
  const isMet = bytes <= memoryMaxBytes
  return figureOf({ title, unit: 'MB', series, targets: () => [{ text: `≤ ${memoryMaxBytes / megabyte} MB`, isMet }] })
}

/** Files, and connections with them, that this process may have open; the program may have as many. */
function openFilesMax(): number {
  const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
  return limit === undefined ? 1_024 : Number(limit)
}
