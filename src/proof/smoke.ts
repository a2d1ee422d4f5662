/**
 * The compiled file alone: copied into an empty directory it starts, answers, runs SQL, lets commands in beside it,
 * stops on SIGTERM and leaves nothing behind; as whoever runs this and, for root, as an ordinary user without a home.
 * Ends with the line `N passed, N failed`.
 */
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binary, freePort } from './program.ts'

/** An ordinary user that no passwd file knows, as containers have them. */
const ordinaryUserId = 54_321
const startMs = 30_000

/** Who runs the program, and where. */
interface Runner {
  name: string
  prefix: readonly string[]
  directory: string
}

const counts = { passed: 0, failed: 0 }
for (const runner of makeRunners()) {
  try {
    await smoke(runner)
  } catch (error) {
    check(runner, `goes to its end (${error instanceof Error ? error.message : String(error)})`, false)
  } finally {
    rmSync(runner.directory, { recursive: true, force: true })
  }
}
console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exit(counts.failed === 0 ? 0 : 1)

async function smoke(runner: Runner): Promise<void> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  check(
    runner,
    'sees no lack with podium doctor',
    (await commandOutput(runner, ['doctor', '--json'])).includes('"canServe": true'),
  )
  const startedAt = performance.now()
  const child = podium(runner, ['--port', String(port)])
  const output = new Response(child.stderr).text()
  const isReady = await untilReady(url, child)
  check(runner, `is ready (${Math.round(performance.now() - startedAt)} ms)`, isReady)
  if (!isReady) {
    child.kill('SIGKILL')
    console.log(await output)
    return
  }
  check(runner, 'runs SQL for an API token', await runsSql(runner, url))
  check(runner, 'shows its pages', (await fetch(`${url}/exercises`)).status === 200)
  const stoppedAt = performance.now()
  child.kill('SIGTERM')
  const code = await child.exited
  check(runner, `stops on SIGTERM with 0 (${code}, ${Math.round(performance.now() - stoppedAt)} ms)`, code === 0)
  const left = processesOf(runner.directory)
  check(runner, `leaves no process behind (${left.join(', ') || 'none'})`, left.length === 0)
  const files = readdirSync(runner.directory).sort().join(', ')
  check(runner, `leaves only its data beside it (${files})`, files === 'podium, podium-data')
}

/** Adds a person and takes a token with commands beside the running program, then asks a question with it. */
async function runsSql(runner: Runner, url: string): Promise<boolean> {
  await commandOutput(runner, ['user', 'add', 'smoke'])
  const token = (await commandOutput(runner, ['user', 'token', 'smoke'])).trim()
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const exercises = await fetch(`${url}/api/exercises`, { headers })
  const slug = /"exercises":\[\{"slug":"([a-z0-9-]+)"/.exec(await exercises.text())?.[1]
  const body = JSON.stringify({ exercise: slug, sql: "select 'it ' || 'works' as answer" })
  const answer = await fetch(`${url}/api/execute`, { method: 'POST', headers, body })
  const text = await answer.text()
  if (!text.includes('it works')) console.log(`${answer.status} ${text.slice(0, 500)}`)
  return text.includes('it works')
}

async function commandOutput(runner: Runner, args: readonly string[]): Promise<string> {
  const child = podium(runner, args)
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  if (code !== 0) throw new Error(`podium ${args.join(' ')} ended with ${code}: ${stderr}`)
  return stdout
}

/** No home, no settings but the data directory: what an empty machine has. */
function podium({ prefix, directory }: Runner, args: readonly string[]) {
  return Bun.spawn([...prefix, './podium', ...args], {
    cwd: directory,
    env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', PODIUM_DATA: join(directory, 'podium-data') },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
}

async function untilReady(url: string, child: Bun.Subprocess): Promise<boolean> {
  const deadline = Date.now() + startMs
  while (Date.now() < deadline && child.exitCode === null) {
    const response = await fetch(`${url}/health/ready`).catch(() => null)
    if (response?.ok) return true
    await Bun.sleep(10)
  }
  return false
}

/** Processes that work in the directory, run a program of it or were given a path in it, a second after the end. */
function processesOf(directory: string): string[] {
  Bun.sleepSync(1000)
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    const links = ['cwd', 'exe', 'root'].map((name) => linkOf(`/proc/${pid}/${name}`))
    return links.some((path) => path.startsWith(directory)) || commandLineOf(pid).includes(directory)
  })
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function makeRunners(): Runner[] {
  const isRoot = process.getuid?.() === 0
  const own: Runner = { name: isRoot ? 'root' : 'an ordinary user', prefix: [], directory: makeDirectory(null) }
  if (!isRoot) return [own]
  const id = String(ordinaryUserId)
  const prefix = ['setpriv', '--reuid', id, '--regid', id, '--clear-groups', '--']
  return [own, { name: 'an ordinary user', prefix, directory: makeDirectory(ordinaryUserId) }]
}

function makeDirectory(userId: number | null): string {
  const directory = mkdtempSync(join(tmpdir(), 'pd-smoke-'))
  copyFileSync(binary, join(directory, 'podium'))
  chmodSync(join(directory, 'podium'), 0o755)
  chmodSync(directory, 0o755)
  if (userId !== null) chownSync(directory, userId, userId)
  return directory
}

function check(runner: Runner, what: string, isRight: boolean): void {
  counts[isRight ? 'passed' : 'failed'] += 1
  console.log(`${isRight ? 'pass' : 'FAIL'}  as ${runner.name}: ${what}`)
}
