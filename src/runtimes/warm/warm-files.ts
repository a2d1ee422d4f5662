/** The programs that let an interpreter wait in its box, on disk, where boxes can be shown them. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BoxBind, BoxRuntime } from '../../pods/execution.ts'
import python from './sitecustomize.py' with { type: 'text' }
import node from './wait.cjs' with { type: 'text' }

/** Where boxes see them. */
const folderInBox = '/run/podium/warm'
/** Gives a waiting program its variables. */
export const envProgram = '/usr/bin/env'

/** Writes the files below the directory; they are small, so this is done at every start. */
export function writeWarmFiles(directory: string): BoxBind {
  const folder = resolve(directory, 'warm')
  mkdirSync(folder, { recursive: true })
  for (const path of [resolve(directory), folder]) chmodSync(path, 0o755)
  for (const [name, text] of Object.entries({ 'sitecustomize.py': python, 'wait.cjs': node })) {
    const file = join(folder, name)
    writeFileSync(file, text)
    chmodSync(file, 0o644)
  }
  return { from: folder, to: folderInBox }
}

/** How a waiting Python is started. Only it may have the variable: every Python that has it waits. */
export function warmPython(program: string, entry: string): NonNullable<BoxRuntime['warm']> {
  return { argv: [envProgram, `PYTHONPATH=${folderInBox}`, program, entry] }
}

/** How a waiting Node is started. */
export function warmNode(program: string, entry: string): NonNullable<BoxRuntime['warm']> {
  return { argv: [program, '--require', `${folderInBox}/wait.cjs`, entry] }
}
