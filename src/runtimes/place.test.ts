import { afterAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { findInRoot, findOnHost, hostBinds, resolveInRoot } from './place.ts'

const root = mkdtempSync(join(tmpdir(), 'podium-place-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
mkdirSync(join(root, 'usr/bin'), { recursive: true })
writeFileSync(join(root, 'usr/bin/real'), '', { mode: 0o755 })
writeFileSync(join(root, 'usr/bin/plain'), '', { mode: 0o644 })
symlinkSync('usr/bin', join(root, 'bin'))
symlinkSync('/usr/bin/real', join(root, 'usr/bin/link'))
symlinkSync('../../../../../usr/bin/real', join(root, 'usr/bin/climbing'))
symlinkSync('loop', join(root, 'loop'))

test('a program of this machine is found without the links that lead to it', () => {
  expect(findOnHost(['/usr/bin/no-such-program', '/bin/sh'])).toMatchObject({
    path: expect.stringMatching(/^\/usr\/bin\/\w+$/),
  })
  expect(findOnHost(['/usr/bin/no-such-program'])).toEqual({ reason: 'there is no /usr/bin/no-such-program' })
})

test('a program that lies outside of the system folders is not taken, also where a link leads to it', () => {
  const stray = join(root, 'usr/bin/real')
  expect(findOnHost([stray])).toEqual({ reason: `${stray} leads to ${stray}` })
  expect(findOnHost([join(homedir(), '.profile')])).toHaveProperty('reason')
})

test('links of a root filesystem are followed inside it and never out of it', () => {
  for (const name of ['real', 'link', 'climbing']) {
    expect(findInRoot(root, [`/bin/${name}`])).toEqual({ path: '/usr/bin/real' })
  }
  expect(findInRoot(root, ['/bin/plain', '/bin/none', '/loop', '/usr/bin/real/x'])).toHaveProperty('reason')
  expect(resolveInRoot(root, '/../../etc/..')).toBeNull()
  expect(resolveInRoot(root, '/../..')).toBe('/')
})

test('of /usr/local a box sees a program’s own folder, or the program and the libraries, never all', () => {
  const paths = (programs: string[], shows: string[] = []) => hostBinds(programs, shows).map(({ from }) => from)
  expect(paths(['/usr/bin/sh'], ['/etc/alternatives', '/usr/share/doc', '/no/such/path'])).toEqual([])
  expect(paths(['/usr/bin/sh'], ['/etc/hostname', '/etc'])).toEqual(['/etc'])
  expect(paths(['/usr/local/bin/some', '/usr/local/sbin/other'])).not.toContain('/usr/local/bin')
  expect(paths(['/usr/local/bin/some'])).not.toContain('/usr/local')
})
