/** The commands that change people, and backup and restore, on real data directories and as separate programs. */
import { afterAll, describe, expect, test } from 'bun:test'
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openControlPlane } from '../postgres/control-plane.ts'
import { openDataDirectory } from '../postgres/data-directory.ts'
import { findServerProcesses } from '../postgres/process.ts'
import { unpackServer } from '../postgres/server-files.ts'
import { silentLog } from '../telemetry/log.ts'

const scratch = mkdtempSync(join(tmpdir(), 'pd-user-'))
chmodSync(scratch, 0o755)
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
const dataDir = join(scratch, 'data')

async function podium(args: string[], { stdin = '', data = dataDir } = {}) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, '../main.ts'), ...args, '--data', data], {
    env: { PATH: process.env.PATH ?? '' },
    stdin: Buffer.from(stdin),
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const texts = [new Response(child.stdout).text(), new Response(child.stderr).text()] as const
  const [stdout, stderr, code] = await Promise.all([...texts, child.exited])
  return { stdout, stderr, code }
}

describe('podium user', () => {
  test('add makes an account with the password from standard input, and prints no password then', async () => {
    const { stdout, stderr, code } = await podium(['user', 'add', 'ada', '--role', 'admin'], {
      stdin: 'a long secret\n',
    })
    expect({ stdout, stderr, code }).toEqual({ stdout: 'Added ada as admin.\n', stderr: '', code: 0 })
  }, 30_000)

  test('add makes a password where none is given, and shows it once', async () => {
    const { stdout } = await podium(['user', 'add', 'bob'])
    expect(stdout).toMatch(/^Added bob as learner\.\nPassword: \S{12,}\n$/)
  }, 30_000)

  test('a taken name, a weak password and an unknown role are refused with a sentence', async () => {
    expect(await podium(['user', 'add', 'ADA'])).toMatchObject({ code: 1, stderr: expect.stringContaining('taken') })
    const weak = await podium(['user', 'add', 'eve'], { stdin: 'short' })
    expect(weak).toMatchObject({ code: 1, stderr: expect.stringMatching(/^podium: Choose a password of/) })
    const boss = await podium(['user', 'add', 'eve', '--role', 'boss'])
    expect(boss).toMatchObject({ code: 2, stderr: 'podium: "boss" is not a role: learner, author, admin.\n' })
  }, 30_000)

  test('token prints the token alone on standard output', async () => {
    const { stdout, stderr } = await podium(['user', 'token', 'bob', '--days', '7'])
    expect(stdout).toMatch(/^pod_\S+\n$/)
    expect(stderr).toContain('is not shown again')
    expect(await podium(['user', 'token', 'bob', '--days', '0'])).toMatchObject({ code: 2 })
  }, 30_000)

  test('role and password change somebody; the last administrator stays one', async () => {
    expect((await podium(['user', 'role', 'bob', 'author'])).stdout).toBe('bob is author now.\n')
    expect(await podium(['user', 'role', 'ada', 'learner'])).toMatchObject({ code: 1 })
    expect((await podium(['user', 'password', 'bob'])).stdout).toContain('Password: ')
    expect(await podium(['user', 'password', 'nobody'])).toMatchObject({ code: 1, stdout: '' })
  }, 30_000)

  test('nothing runs on the data directory afterwards', () => {
    expect(findServerProcesses(join(dataDir, 'control'))).toEqual([])
  })
})

describe('podium backup and restore', () => {
  const file = join(scratch, 'copy.podium')
  test('a backup is for its owner’s eyes, and restores into an empty data directory', async () => {
    expect(await podium(['backup', file])).toMatchObject({ code: 0, stderr: '' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const other = join(scratch, 'other')
    expect(await podium(['restore', file], { data: other })).toMatchObject({ code: 0, stderr: '' })
    expect(await podium(['user', 'add', 'ada'], { data: other })).toMatchObject({
      stderr: expect.stringContaining('taken'),
    })
  }, 30_000)

  test('nothing is restored over people’s work', async () => {
    const { code, stderr } = await podium(['restore', file])
    expect(code).toBe(1)
    expect(stderr).toContain('nobody has worked yet')
  }, 30_000)

  test('where there is nothing, a backup makes nothing and says so', async () => {
    const nowhere = join(scratch, 'nowhere')
    const { code, stderr } = await podium(['backup', join(scratch, 'none.podium')], { data: nowhere })
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('no data of Podium') })
    expect(existsSync(nowhere)).toBe(false)
    expect(await podium(['restore', join(scratch, 'none.podium')], { data: nowhere })).toMatchObject({ code: 1 })
    expect(existsSync(nowhere)).toBe(false)
  }, 30_000)
})

describe('while a Podium holds the data directory', () => {
  test('people are added and backups made through its control plane; a restore is refused', async () => {
    const directory = openDataDirectory(dataDir)
    const files = await unpackServer({ dataDir, log: silentLog })
    const controlPlane = await openControlPlane({ files, dataDir, log: silentLog })
    try {
      expect(await podium(['user', 'add', 'grace'])).toMatchObject({ code: 0, stderr: '' })
      expect(await podium(['backup', join(scratch, 'running.podium')])).toMatchObject({ code: 0, stderr: '' })
      const { code, stderr } = await podium(['restore', join(scratch, 'running.podium')])
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`process ${process.pid}`) })
      expect(findServerProcesses(join(dataDir, 'control')).length).toBeGreaterThan(0)
    } finally {
      await controlPlane.stop()
      directory.close()
    }
    expect(await podium(['user', 'role', 'grace', 'author'])).toMatchObject({ code: 0 })
  }, 30_000)
})
