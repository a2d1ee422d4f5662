/** Output that is followed while a program runs. */
import { expect, test } from 'bun:test'
import { LiveOutput } from './live-output.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const never = new AbortController().signal

async function textOf(live: LiveOutput, signal: AbortSignal = never): Promise<string> {
  let text = ''
  for await (const piece of live.follow('a1', signal)) text += `${piece.stream}:${piece.text} `
  return text
}

test('who comes late gets what was printed before, and everybody gets the end', async () => {
  const live = new LiveOutput()
  const run = live.begin('a1')
  const early = textOf(live)
  run.write('stdout', bytes('one'))
  const late = textOf(live)
  run.write('stderr', bytes('two'))
  run.end()
  expect(await Promise.all([early, late])).toEqual(['stdout:one stderr:two ', 'stdout:one stderr:two '])
  expect(live.isRunning('a1')).toBe(false)
})

test('who asks before the run has begun waits for it', async () => {
  const live = new LiveOutput()
  const followed = textOf(live)
  const run = live.begin('a1')
  run.write('stdout', bytes('one'))
  run.end()
  expect(await followed).toBe('stdout:one ')
})

test('a character that comes in two pieces stays one, and streams do not mix', async () => {
  const live = new LiveOutput()
  const run = live.begin('a1')
  const followed = textOf(live)
  const [first = 0, ...rest] = bytes('ä')
  run.write('stdout', Uint8Array.of(first))
  run.write('stderr', bytes('x'))
  run.write('stdout', Uint8Array.from(rest))
  run.end()
  expect(await followed).toBe('stderr:x stdout:ä ')
})

test('a flood is kept to its beginning', async () => {
  const live = new LiveOutput()
  const run = live.begin('a1')
  const followed = textOf(live)
  for (let count = 0; count < 100; count += 1) run.write('stdout', bytes('x'.repeat(10_000)))
  run.end()
  expect((await followed).replaceAll('stdout:', '').replaceAll(' ', '')).toHaveLength(64 * 1024)
})

test('who goes away is let go, though nothing more is printed', async () => {
  const live = new LiveOutput()
  live.begin('a1')
  const gone = new AbortController()
  const followed = textOf(live, gone.signal)
  gone.abort()
  expect(await followed).toBe('')
})
