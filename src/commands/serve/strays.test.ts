/** A program that has errors which nobody waits for. */
import { expect, test } from 'bun:test'
import { join } from 'node:path'

const script = `
import { outliveStrays } from ${JSON.stringify(join(import.meta.dir, 'strays.ts'))}
import { createLog } from ${JSON.stringify(join(import.meta.dir, '../../telemetry/log.ts'))}
import { EventEmitter } from 'node:events'
const told = []
outliveStrays(createLog({ level: 'info', format: 'json', write: (line) => told.push(JSON.parse(line).error.message) }))
setTimeout(() => { throw new Error('a timer') })
void Promise.reject(new Error('a promise'))
setTimeout(() => new EventEmitter().emit('error', new Error('a connection')))
const done = () => told.length < 3 ? setTimeout(done, 1) : console.log(JSON.stringify(told.toSorted()))
setTimeout(done)
`

test('lives on and tells them', async () => {
  const child = Bun.spawn([process.execPath, '-e', script], { stdout: 'pipe', stderr: 'pipe' })
  const [said, complained, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  expect([code, complained]).toEqual([0, ''])
  expect(JSON.parse(said)).toEqual(['a connection', 'a promise', 'a timer'])
}, 60_000)
