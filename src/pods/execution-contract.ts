/**
 * What every execution driver must do, as a suite that runs against a real one. A driver's own test file calls it; nothing
 * in the program imports it. All that it runs is a shell and the small tools beside it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { Failure } from '../failure.ts'
import type {
  BoxFile,
  BoxRuntime,
  ExecutionDriver,
  ExecutionLimits,
  ExecutionResult,
  Job,
  JobListener,
} from './execution.ts'

/** Limits that the suite's boxes have. Small, so that meeting one takes no time. */
export const contractLimits: ExecutionLimits = {
  wallMs: 20_000,
  cpuMs: 10_000,
  memoryBytesMax: 128 * 1024 * 1024,
  processesMax: 24,
  openFilesMax: 64,
  fileBytesMax: 8 * 1024 * 1024,
  diskBytesMax: 16 * 1024 * 1024,
  filesMax: 500,
  outputBytesMax: 256 * 1024,
}

/** A runtime with nothing but the system's own programs. */
export const plainRuntime: BoxRuntime = {
  key: 'plain',
  root: null,
  binds: [],
  env: {},
  warm: null,
  boundsAddressSpace: true,
}

/** A job of which only what matters is named. Limits that are not named are the suite's. */
export type PartialJob = Partial<Omit<Job, 'limits'>> & { limits?: Partial<ExecutionLimits> }

/** A whole job. */
export function jobOf({ limits, ...job }: PartialJob): Job {
  const empty = { argv: ['true'], env: {}, files: [], archive: null, stdin: new Uint8Array() }
  return { ...empty, hasChannel: false, archives: false, ...job, limits: { ...contractLimits, ...limits } }
}

/** A text file. */
export function fileOf(path: string, text: string, isExecutable = false): BoxFile {
  return { path, content: new TextEncoder().encode(text), isExecutable }
}

/** What bytes say. */
export function textOf(bytes: Uint8Array | null): string {
  return new TextDecoder().decode(bytes ?? new Uint8Array())
}

/** Runs a job in a box of its own. */
export async function runIn(
  driver: ExecutionDriver,
  job: PartialJob,
  { runtime = plainRuntime, listener = {} }: { runtime?: BoxRuntime; listener?: JobListener } = {},
): Promise<ExecutionResult> {
  const box = await driver.startBox(runtime, { limits: contractLimits, databaseSocket: null })
  return box.run(jobOf(job), listener)
}

/** A shell line as a job's command, with what comes after it as `$1`, `$2`, … */
export function shell(script: string, ...words: string[]): string[] {
  return ['/bin/sh', '-c', script, 'sh', ...words]
}

/** Registers the suite for a driver. `open` makes it; the suite stops it. */
export function describeExecutionDriver(name: string, open: () => Promise<ExecutionDriver>): void {
  describe(`The execution driver ${name}`, () => {
    let driver: ExecutionDriver
    beforeAll(async () => {
      driver = await open()
    }, 30_000)
    afterAll(() => driver.stop())
    const run = (job: PartialJob, listener?: JobListener) => runIn(driver, job, listener ? { listener } : {})
    const limited = async (job: PartialJob) => (await run(job)).limit

    test('can run programs here', () => {
      expect(driver.problem).toBeNull()
    })

    test('runs a command and gives its output, its errors and its code', async () => {
      const { wallMs, cpuMs, memoryBytesPeak, ...result } = await run({
        argv: shell('echo out; echo wrong >&2; exit 3'),
      })
      expect({ ...result, stdout: textOf(result.stdout), stderr: textOf(result.stderr) }).toEqual({
        end: 'exited',
        exitCode: 3,
        signal: null,
        limit: null,
        stdout: 'out\n',
        stderr: 'wrong\n',
        channel: new Uint8Array(),
        archive: null,
      })
      expect(wallMs).toBeGreaterThan(0)
      expect(cpuMs).toBeGreaterThanOrEqual(0)
      expect(memoryBytesPeak).toBeGreaterThanOrEqual(0)
    })

    test('hands words over as they are: no shell ever reads them', async () => {
      const words = [
        '',
        ' a b ',
        '$(id)',
        '`id`',
        '"; id; "',
        "it's",
        'line\nline\n',
        '\\n',
        '\\0101',
        '*',
        '-n',
        'ü€😀',
        '%s',
      ]
      const script = 'for word in "$@" "$GIVEN"; do printf "<%s>" "$word"; done'
      const { stdout } = await run({ argv: shell(script, ...words), env: { GIVEN: 'a=b\n$c\\' } })
      expect(textOf(stdout)).toBe(`${words.map((word) => `<${word}>`).join('')}<a=b\n$c\\>`)
    })

    test('hands variables over whatever their names are', async () => {
      const env = {
        value: 'v',
        variables: '3',
        words: '7',
        archives: '1',
        code: '9',
        IFS: ',',
        letter: 'x',
        a: 'b',
        PATH: '/usr/bin',
      }
      const { stdout, exitCode } = await run({ argv: ['/usr/bin/env'], env })
      const lines = textOf(stdout).split('\n')
      for (const [name, value] of Object.entries(env)) expect(lines).toContain(`${name}=${value}`)
      expect([exitCode, lines.filter((line) => line.startsWith('podium'))]).toEqual([0, []])
    })

    test('puts files into the workspace, in folders, and starts there', async () => {
      const long = `${'long-name/'.repeat(30)}file.txt`
      const files = [
        fileOf('main.sh', '#!/bin/sh\npwd; cat a/b.txt "$1"', true),
        fileOf('a/b.txt', 'inside '),
        fileOf(long, 'deep'),
      ]
      const { stdout, stderr } = await run({ argv: ['./main.sh', long], files })
      expect([textOf(stdout), textOf(stderr)]).toEqual(['/work\ninside deep', ''])
    })

    test('keeps the bytes of files and input as they are', async () => {
      const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256)
      const files = [{ path: 'data', content: bytes }]
      const { stdout } = await run({
        argv: shell('cat data -'),
        files,
        stdin: bytes,
        limits: { outputBytesMax: 200_000 },
      })
      expect(Bun.hash(stdout)).toBe(Bun.hash(new Uint8Array([...bytes, ...bytes])))
    })

    test('lets input and output be opened by name, as programs of contests do', async () => {
      const argv = shell('cat /dev/stdin > /dev/stdout; echo wrong > /dev/stderr')
      const { stdout, stderr } = await run({ argv, stdin: new TextEncoder().encode('told') })
      expect([textOf(stdout), textOf(stderr)]).toEqual(['told', 'wrong\n'])
    })

    test('gives input bit by bit and tells output while it comes', async () => {
      const heard: string[] = []
      let answer = () => {}
      async function* talk() {
        for (const word of ['one\n', 'two\n']) {
          const answered = new Promise<void>((resolve) => {
            answer = resolve
          })
          yield new TextEncoder().encode(word)
          await answered
        }
      }
      const onOutput: JobListener['onOutput'] = (_, bytes) => {
        heard.push(textOf(bytes))
        answer()
      }
      const argv = shell('while read -r line; do echo "heard $line"; done; echo end')
      const { stdout } = await run({ argv, stdin: talk() }, { onOutput })
      expect(heard.join('')).toBe('heard one\nheard two\nend\n')
      expect(textOf(stdout)).toBe('heard one\nheard two\nend\n')
    })

    test('keeps results on the channel apart from the output', async () => {
      const { stdout, channel } = await run({ argv: shell('echo out; echo result >&3'), hasChannel: true })
      expect([textOf(stdout), textOf(channel)]).toEqual(['out\n', 'result\n'])
      const without = await run({ argv: shell('(echo result >&3) 2>/dev/null || echo closed') })
      expect([textOf(without.stdout), textOf(without.channel)]).toEqual(['closed\n', ''])
    })

    test('shows a program nothing but its own input, output and files', async () => {
      const script =
        'for n in 0 1 2 3 4 5 6 7 8 9 10; do [ ! -e /proc/$$/fd/$n ] || echo $n; done; pwd; id -u; hostname; env | grep -vE "^(_|SHLVL|OLDPWD)=" | sort'
      const { stdout } = await run({ argv: shell(script) })
      expect(textOf(stdout)).toBe(
        '0\n1\n2\n/work\n1000\nbox\nHOME=/work\nLANG=C.UTF-8\nPATH=/usr/local/bin:/usr/bin:/bin\nPWD=/work\nTZ=UTC\n',
      )
    })

    test('returns the workspace, which another box takes, when every process of the job has ended', async () => {
      const script =
        'echo made > made; (while :; do echo late >> late; done) & while [ ! -s late ]; do sleep 0.01; done; exit 4'
      const first = await run({
        argv: shell(script),
        files: [fileOf('given', 'first'), fileOf('kept', 'kept')],
        archives: true,
      })
      expect([first.end, first.exitCode]).toEqual(['exited', 4])
      const files = [fileOf('given', 'second')]
      const look = shell('cat made given kept; for i in 1 2 3; do stat -c %s late; done | uniq | wc -l')
      const second = await run({ argv: look, archive: first.archive, files })
      expect(textOf(second.stdout)).toBe('made\nsecondkept1\n')
    })

    test('says which limit a job met, and its value', async () => {
      expect(await limited({ argv: ['sleep', '60'], limits: { wallMs: 200 } })).toEqual({ name: 'wallMs', value: 200 })
      const spin = shell('while :; do :; done')
      expect(await limited({ argv: spin, limits: { cpuMs: 200 } })).toEqual({ name: 'cpuMs', value: 200 })
      const many = shell('for i in 1 2 3 4; do (while :; do :; done) & done; wait')
      expect(await limited({ argv: many, limits: { cpuMs: 300 } })).toEqual({ name: 'cpuMs', value: 300 })
      const flood = shell('while :; do echo flood; done')
      expect(await limited({ argv: flood, limits: { outputBytesMax: 1000 } })).toEqual({
        name: 'outputBytesMax',
        value: 1000,
      })
      const big = shell('head -c 3000000 /dev/zero > big')
      expect(await limited({ argv: big, limits: { fileBytesMax: 1_000_000 } })).toEqual({
        name: 'fileBytesMax',
        value: 1_000_000,
      })
      const full = shell('for i in 1 2 3; do head -c 8000000 /dev/zero > $i; done; sleep 60')
      expect(await limited({ argv: full })).toEqual({ name: 'diskBytesMax', value: contractLimits.diskBytesMax })
      const files = shell('for i in $(seq 1000); do : > $i; done; sleep 60')
      expect(await limited({ argv: files, limits: { filesMax: 100 } })).toEqual({ name: 'filesMax', value: 100 })
      const crowd = shell('for i in 1 2 3 4 5 6 7 8; do sleep 60 & done; wait')
      expect(await limited({ argv: crowd, limits: { processesMax: 4 } })).toEqual({ name: 'processesMax', value: 4 })
      const memory = shell('a=aaaaaaaaaaaaaaaa; while :; do a=$a$a; done')
      expect(await limited({ argv: memory, limits: { memoryBytesMax: 30_000_000 } })).toEqual({
        name: 'memoryBytesMax',
        value: 30_000_000,
      })
    }, 60_000)

    test('names processor time also where the kernel killed a child for it before anybody could look', async () => {
      for (const archives of [false, true]) {
        let isHeld = false
        const hold = () => {
          if (!isHeld) Bun.sleepSync(3_000)
          isHeld = true
        }
        const burning = shell("sh -c 'echo begun; while :; do :; done'; exit 0")
        const { end, limit } = await run({ argv: burning, archives, limits: { cpuMs: 500 } }, { onOutput: hold })
        expect([end, limit]).toEqual(['limit', { name: 'cpuMs', value: 500 }])
      }
    }, 30_000)

    test('keeps what a job said before it met a limit, and no more than the limit', async () => {
      const { stdout, limit } = await run({
        argv: shell('echo first; while :; do echo 0123456789; done'),
        limits: { outputBytesMax: 5000 },
      })
      expect(stdout.length).toBe(5000)
      expect([textOf(stdout).slice(0, 6), limit?.name]).toEqual(['first\n', 'outputBytesMax'])
    })

    test('lets a job have all that its limits say', async () => {
      const script =
        'head -c 7900000 /dev/zero > a; for i in 1 2 3 4 5 6; do sleep 0.2 & done; wait; head -c 200000 /dev/zero'
      const { end, exitCode, limit } = await run({ argv: shell(script), limits: { processesMax: 7 } })
      expect([end, exitCode, limit]).toEqual(['exited', 0, null])
    })

    test('counts memory that processes share once', async () => {
      // Each of the shells has what its parent had, and writes to none of it.
      const script =
        'a=0123456789abcdef; for i in $(seq 20); do a=$a$a; done; for i in $(seq 10); do (sleep 0.3; :) & done; wait; printf %s "$a" | wc -c'
      const { stdout, limit } = await run({ argv: shell(script), limits: { memoryBytesMax: 120_000_000 } })
      expect([textOf(stdout), limit]).toEqual([`${16 * 2 ** 20}\n`, null])
    })

    test('names the signal that a job died of', async () => {
      for (const signal of ['SEGV', 'ABRT', 'TERM', 'KILL']) {
        const { end, exitCode, signal: found } = await run({ argv: shell(`kill -${signal} $$`) })
        expect([end, exitCode, found]).toEqual(['signalled', null, `SIG${signal}`])
      }
    })

    test('says so where the command does not exist', async () => {
      const { end, exitCode, stderr } = await run({ argv: ['no-such-program'] })
      expect([end, exitCode]).toEqual(['exited', 127])
      expect(textOf(stderr)).toContain('no-such-program: not found')
    })

    test('stops at once when it is cancelled', async () => {
      const controller = new AbortController()
      const running = run(
        { argv: shell('echo begun; sleep 60') },
        {
          signal: controller.signal,
          onOutput: () => controller.abort(),
        },
      )
      const { end, stdout } = await running
      expect([end, textOf(stdout)]).toEqual(['cancelled', 'begun\n'])
      expect((await run({ argv: ['true'] }, { signal: AbortSignal.abort() })).end).toBe('cancelled')
    })

    test('uses a box for one job only, and leaves nothing of it', async () => {
      const box = await driver.startBox(plainRuntime, { limits: contractLimits, databaseSocket: null })
      expect(box.runtime).toBe('plain')
      expect((await driver.usage()).boxes).toBe(1)
      await box.run(jobOf({ argv: shell('setsid sleep 60 & echo left > /tmp/left') }))
      await box.exited
      await expect(box.run(jobOf({}))).rejects.toThrow(new Failure('conflict', 'A box runs one job only'))
      await box.kill()
      expect(await driver.usage()).toEqual({ boxes: 0, processes: 0, memoryBytes: 0 })
      expect(textOf((await run({ argv: shell('ls -A /work /tmp /dev/shm') })).stdout)).not.toContain('left')
    })

    test('kills a box that waits, and one that runs', async () => {
      const options = { limits: contractLimits, databaseSocket: null }
      const waiting = await driver.startBox(plainRuntime, options)
      await Promise.all([waiting.kill(), waiting.kill()])
      await waiting.exited
      const running = await driver.startBox(plainRuntime, options)
      const result = running.run(jobOf({ argv: ['sleep', '60'] }))
      await running.kill()
      expect((await result).end).toBe('lost')
      expect((await driver.usage()).boxes).toBe(0)
      // What was handed out a moment after it went is lost, too: whoever has it asks for another one.
      expect((await waiting.run(jobOf({}))).end).toBe('lost')
    })

    test('refuses what Podium itself would be wrong to ask for', async () => {
      const box = await driver.startBox(plainRuntime, { limits: contractLimits, databaseSocket: null })
      const refused = async (job: PartialJob) => expect(box.run(jobOf(job))).rejects.toThrow('A job can’t be run')
      for (const path of ['/etc/x', '../x', 'a/../x', './x', 'a//b', 'a/', '', 'a\0b', 'x'.repeat(5000)])
        await refused({ files: [fileOf(path, '')] })
      for (const wallMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
        if (wallMs !== Number.POSITIVE_INFINITY) await refused({ limits: { wallMs } })
        const limits = { ...contractLimits, wallMs }
        await expect(driver.startBox(plainRuntime, { limits, databaseSocket: null })).rejects.toThrow(
          'wallMs is not a limit',
        )
      }
      await refused({ argv: [] })
      await refused({ argv: ['a\0b'] })
      await refused({ env: { 'A B': '' } })
      expect(textOf((await box.run(jobOf({ argv: ['echo', 'still'] }))).stdout)).toBe('still\n')
    })

    test('runs many at once, each on its own', async () => {
      const all = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          run({
            argv: shell('cat; ls', String(index)),
            stdin: new TextEncoder().encode(`${index}\n`),
            files: [fileOf(`file-${index}`, '')],
          }),
        ),
      )
      expect(all.map(({ stdout }) => textOf(stdout))).toEqual(all.map((_, index) => `${index}\nfile-${index}\n`))
    })
  })
}
