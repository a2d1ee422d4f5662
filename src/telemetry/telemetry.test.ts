/** The log's lines and the metrics' text. */
import { describe, expect, test } from 'bun:test'
import { createLog, type LogLevel, silentLog } from './log.ts'
import { errors, registry, runSeconds, sandboxClaims } from './metrics.ts'
import { watchEventLoop } from './process-metrics.ts'

function collecting(format: 'json' | 'text', level: LogLevel = 'debug') {
  const lines: string[] = []
  const now = () => new Date('2026-03-04T05:06:07.008Z')
  return { lines, log: createLog({ level, format, write: (line) => lines.push(line), now }) }
}

function brokenPipe(): never {
  throw new Error('EPIPE')
}

describe('a log', () => {
  test('writes one JSON object a line, with time, level, message and fields', () => {
    const { log, lines } = collecting('json')
    log.with({ requestId: 'r1' }).info('answered', { status: 200 })
    expect(lines).toEqual([
      '{"time":"2026-03-04T05:06:07.008Z","level":"info","message":"answered","requestId":"r1","status":200}\n',
    ])
  })

  test('writes readable lines for people', () => {
    const { log, lines } = collecting('text')
    log.warn('port is taken', { port: 3000, by: 'somebody else' })
    expect(lines).toEqual(['05:06:07 warn  port is taken port=3000 by="somebody else"\n'])
  })

  test('drops what is below its level', () => {
    const { log, lines } = collecting('json', 'warn')
    log.debug('a')
    log.info('b')
    log.warn('c')
    log.with({}).error('d')
    expect(lines).toHaveLength(2)
  })

  test('keeps an error’s message, code, cause and stack', () => {
    const { log, lines } = collecting('json')
    const error = Object.assign(new Error('no', { cause: new Error('because') }), { code: 'ENOSPC' })
    log.error('failed', { error })
    const line = JSON.parse(lines[0] ?? '')
    expect(line.error).toMatchObject({ message: 'no', code: 'ENOSPC', cause: { message: 'because' } })
    expect(line.error.stack).toContain('telemetry.test.ts')
  })

  test('never throws: not for circles, big integers, odd getters or a broken pipe', () => {
    const { log, lines } = collecting('json')
    const circle: Record<string, unknown> = { size: 10n }
    circle.self = circle
    log.info('circle', { circle, twice: [circle, circle] })
    expect(lines[0]).toContain('"size":"10"')
    const bad = {
      get value() {
        throw new Error('getter')
      },
    }
    const broken = createLog({ level: 'info', format: 'text', write: brokenPipe })
    expect(() => log.info('bad', { bad })).not.toThrow()
    expect(() => broken.info('x')).not.toThrow()
    expect(() => silentLog.with({ a: 1 }).error('x')).not.toThrow()
  })

  test('what comes from outside cannot forge a line or drive a terminal', () => {
    for (const format of ['json', 'text'] as const) {
      const { log, lines } = collecting(format)
      log.info('name\n05:06:07 error forged', { name: 'a\u001b[2J\nb' })
      expect(lines[0]?.slice(0, -1)).not.toMatch(/\p{Cc}/u)
    }
  })
})

describe('metrics', () => {
  test('are shown in the format of Prometheus, by class and by end', async () => {
    errors.inc({ class: 'only_in_this_test' })
    runSeconds.observe({ end: 'only_in_this_test' }, 0.003)
    sandboxClaims.inc({ result: 'only_in_this_test' })
    const text = await registry.metrics()
    expect(text).toContain('podium_errors_total{class="only_in_this_test"} 1')
    expect(text).toContain('podium_run_seconds_count{end="only_in_this_test"} 1')
    expect(text).toContain('podium_sandbox_claims_total{result="only_in_this_test"} 1')
    expect(text).toMatch(/podium_process_memory_bytes \d+/)
  })

  test('the main loop’s longest hold-up is seen', async () => {
    const stop = watchEventLoop()
    await Bun.sleep(150)
    Bun.sleepSync(250)
    await Bun.sleep(10)
    const text = await registry.metrics()
    stop()
    expect(Number(/^podium_event_loop_lag_seconds (\S+)/m.exec(text)?.[1])).toBeGreaterThan(0.1)
  })
})
