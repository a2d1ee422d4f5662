/** The same suite as an ordinary user: nothing of a box may rest on rights that only root has. */
import { afterAll, describe, expect, test } from 'bun:test'
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const id = '54321'
const root = join(import.meta.dir, '../../../..')
const home = mkdtempSync(join(tmpdir(), 'podium-ordinary-'))
const becomes = ['setpriv', '--reuid', id, '--regid', id, '--clear-groups', '--']
const isPossible = process.getuid?.() === 0 && Bun.which('bwrap') !== null && Bun.which('setpriv') !== null
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** The tree may lie where only root may look, so what the suite needs of it is copied. */
function copyTree(): string {
  const tree = join(home, 'tree')
  mkdirSync(tree)
  for (const name of ['src', 'package.json', 'tsconfig.json', 'bunfig.toml'])
    cpSync(join(root, name), join(tree, name), { recursive: true, force: true })
  copyFileSync(process.execPath, join(home, 'bun'))
  Bun.spawnSync(['chmod', '-R', 'a+rX', home])
  for (const name of ['scratch']) {
    mkdirSync(join(home, name))
    chmodSync(join(home, name), 0o777)
  }
  return tree
}

describe.if(isPossible)('Hostile programs, with Podium as an ordinary user', () => {
  test('come to the same', async () => {
    const tree = copyTree()
    const child = Bun.spawn(
      [...becomes, join(home, 'bun'), 'test', './src/proof/hostile/execution/execution.test.ts'],
      {
        cwd: tree,
        env: { PATH: process.env.PATH ?? '', HOME: join(home, 'scratch'), TMPDIR: join(home, 'scratch') },
        stdin: 'ignore',
        stdout: 'pipe',
        stderr: 'pipe',
      },
    )
    const [, said] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
    expect([
      await child.exited,
      said
        .split('\n')
        .filter((line) => !line.startsWith('(pass)'))
        .join('\n'),
    ]).toEqual([0, expect.stringContaining(' 0 fail')])
  }, 240_000)
})
