/** A disk that is full at the start, and one that runs low while people write: what is refused, what is still saved. */
import { afterEach, describe, expect, test } from 'bun:test'
import { statfsSync } from 'node:fs'
import { binary, createVisitor, type Program, removeDirectory, scratchDirectory, startProgram } from './program.ts'

const suiteTimeoutMs = 120_000
const slug = 'whole-shelf'
const programs: Program[] = []
const directories: string[] = []

afterEach(async () => {
  for (const program of programs.splice(0)) await program.stop()
  for (const directory of directories.splice(0)) await removeDirectory(directory)
})

async function freshDirectory(): Promise<string> {
  const directory = await scratchDirectory()
  directories.push(directory)
  return directory
}

/** In front of a command: where it runs, the directory is a disk of this size, and empty. */
function onDisk(directory: string, bytes: number): string[] {
  return ['bwrap', '--die-with-parent', '--dev-bind', '/', '/', '--size', String(bytes), '--tmpfs', directory]
}

describe('a disk that is full at the start', () => {
  test(
    'is named with its directory and the mend, before the first start',
    async () => {
      const dataDir = await freshDirectory()
      const starting = startProgram({ dataDir, prefix: onDisk(dataDir, 20_000_000) })
      await expect(starting).rejects.toThrow(
        `podium: The disk that holds ${dataDir}/server is full. Free some space and start again.`,
      )
    },
    suiteTimeoutMs,
  )

  test(
    'is named with its directory and the mend where it filled up since the last start',
    async () => {
      const dataDir = await freshDirectory()
      const script = [
        `${binary} serve --port 0 > ${dataDir}/.output & podium=$!`,
        `until grep -q 'is ready' ${dataDir}/.output; do kill -0 $podium || exit 9; sleep 0.05; done`,
        `kill -TERM $podium; wait $podium || exit 8`,
        `dd if=/dev/zero of=${dataDir}/ballast bs=4096 2> /dev/null`,
        `exec ${binary} serve --port 0`,
      ]
      const starting = startProgram({
        dataDir,
        prefix: onDisk(dataDir, 200_000_000),
        command: ['sh', '-c', script.join('\n')],
      })
      await expect(starting).rejects.toThrow(
        `podium: The disk that holds ${dataDir}/control is full. Free some space and start again.`,
      )
    },
    suiteTimeoutMs,
  )
})

describe('while less than the reserve is free', () => {
  test(
    'drafts are saved, and nothing is begun, run or checked; with room again all goes on',
    async () => {
      const dataDir = await freshDirectory()
      const roomy = await startProgram({ dataDir })
      programs.push(roomy)
      const port = Number(new URL(roomy.url).port)
      const visitor = createVisitor(roomy.url)
      const page = await (await visitor.get(`/exercises/${slug}`)).text()
      const attempt = /data-attempt="([^"]+)"/.exec(page)?.[1]
      await programs.splice(0)[0]?.stop()

      const { bavail, bsize } = statfsSync(dataDir)
      const reserve = `${Math.ceil((bavail * bsize) / 1024 ** 3) + 1}GB`
      const low = await startProgram({ dataDir, port, env: { PODIUM_DISK_RESERVE: reserve } })
      programs.push(low)
      const draft = { text: '-- written on the last block', version: 0 }
      expect((await visitor.api('PUT', `/attempts/${attempt}/draft`, draft)).status).toBe(200)
      const again = await visitor.get(`/exercises/${slug}`)
      expect([again.status, (await again.text()).includes('written on the last block')]).toEqual([200, true])
      for (const path of ['/api/execute', '/api/submissions']) {
        const refused = await visitor.api('POST', path, { exercise: slug, sql: 'select 1' })
        expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60'])
        const said = { code: 'disk_low', detail: expect.stringContaining('is still saved') }
        expect(await refused.json()).toMatchObject(said)
      }
      const { submissions } = Object(await (await visitor.api('GET', '/api/submissions')).json())
      expect(submissions).toEqual([])
      const other = await createVisitor(low.url).get(`/exercises/${slug}`)
      expect([other.status, await other.text()]).toEqual([503, expect.stringContaining('disk is almost full')])
      expect(await (await fetch(`${low.url}/health/ready`)).json()).toEqual({ status: 'ready', disk: 'low' })
      expect(await (await fetch(`${low.url}/metrics`)).text()).toContain('podium_disk_low 1')
      expect(low.output().match(/the disk is almost full/g)).toHaveLength(1)
      await programs.splice(0)[0]?.stop()

      programs.push(await startProgram({ dataDir, port }))
      const ran = await visitor.api('POST', '/api/execute', { exercise: slug, sql: 'select 1 as one' })
      expect(await ran.json()).toMatchObject({ attempt, end: 'completed' })
      expect(await (await fetch(`${low.url}/health/ready`)).json()).toEqual({ status: 'ready', disk: 'ok' })
    },
    suiteTimeoutMs,
  )
})
