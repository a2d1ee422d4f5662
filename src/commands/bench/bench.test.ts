/** The bench as it is called: it prints every measure and leaves nothing behind. What it measures is not judged here. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measures } from './measures.ts'

let scratch: string

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'pd-'))
  // Servers may run under another user, who has to get in.
  chmodSync(scratch, 0o711)
})

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

async function bench(args: string[], { interruptAfterMs = 0 } = {}) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, '../../main.ts'), 'bench', ...args], {
    env: { PATH: process.env['PATH'] ?? '', TMPDIR: scratch },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  if (interruptAfterMs > 0) setTimeout(() => child.kill('SIGINT'), interruptAfterMs)
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { stdout, stderr, code }
}

/** Processes that name the directory on their command line or work in it. */
function processesLeft(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(scratch)
    } catch {
      return false
    }
  })
}

describe('podium bench', () => {
  test('measures everything quickly, prints JSON, and leaves no process and no file', async () => {
    const { stdout, stderr, code } = await bench(['--quick', '--json'])
    const report = JSON.parse(stdout)
    expect(report.findings.map(({ name }: { name: string }) => name)).toEqual(measures.map(({ name }) => name))
    expect(report.findings.filter(({ problem }: { problem: string | null }) => problem !== null)).toEqual([])
    for (const { figures } of report.findings) expect(figures.length).toBeGreaterThan(0)
    expect(report.machine.processor).toBeString()
    expect(stderr).toContain('podium bench: ')
    expect(code).toBe(0)
    expect(processesLeft()).toEqual([])
    expect(readdirSync(scratch)).toEqual([])
  }, 400_000)

  test('that is interrupted cleans up as well', async () => {
    const { code } = await bench(['--only', 'burst'], { interruptAfterMs: 3_000 })
    expect(code).toBe(130)
    expect(processesLeft()).toEqual([])
    expect(readdirSync(scratch)).toEqual([])
  }, 60_000)

  test('of a measure that does not exist names those that do', async () => {
    const { stderr, code } = await bench(['--only', 'nothing'])
    expect(code).toBe(2)
    expect(stderr).toContain('hand-out')
    expect(readdirSync(scratch)).toEqual([])
  })
})
