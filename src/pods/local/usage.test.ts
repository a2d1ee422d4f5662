import { expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { cpuMsOf, processTree, usedBytes } from './usage.ts'

const python = '/usr/bin/python3'

test.if(existsSync(python))('a process tree has what any thread of a program has started', async () => {
  const code = `import subprocess, sys, threading
def work():
    child = subprocess.Popen(["sleep", "60"])
    print(child.pid, flush=True)
    child.wait()
threading.Thread(target=work).start()`
  const child = Bun.spawn([python, '-c', code], { stdout: 'pipe', stdin: 'ignore' })
  const { value } = await child.stdout.getReader().read()
  const started = Number(new TextDecoder().decode(value))
  expect(processTree(child.pid)).toEqual([child.pid, started])
  process.kill(started, 'SIGKILL')
  await child.exited
  expect(processTree(child.pid)).toEqual([child.pid])
})

test('what is gone takes nothing', async () => {
  const gone = Bun.spawn(['true'])
  await gone.exited
  expect(await usedBytes(`/proc/${gone.pid}/root`)).toBe(0)
  expect(cpuMsOf(gone.pid)).toBe(0)
})
