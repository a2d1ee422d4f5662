import { expect, test } from 'bun:test'
import { askOnHost } from './find-runtimes.ts'

test('a program on this machine tells its version in its output or among its errors', async () => {
  expect(await askOnHost(['/bin/sh', '-c', 'echo 1.2; echo 3.4 >&2'])).toBe('1.2\n3.4\n')
  expect(await askOnHost(['/bin/sh', '-c', 'echo 1.2; exit 1'])).toBeNull()
  expect(await askOnHost(['/no/such/program'])).toBeNull()
})

test('one that does not answer is given up with all that it has started', async () => {
  // What is in the background holds the output open, also when the shell is gone.
  expect(await askOnHost(['/bin/sh', '-c', 'sleep 600 & echo 1.2; wait'], 100)).toBeNull()
})
