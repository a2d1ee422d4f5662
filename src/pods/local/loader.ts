/**
 * Loads an image's files into the template database, as the role that owns it. Takes what authors have: hand-written
 * SQL, plain pg_dump output (COPY blocks, owners and grants of roles that don't exist here), CSV with a header.
 */
import { Failure } from '../../failure.ts'
import type { ImageFile } from '../driver.ts'
import { readFields } from '../wire/body.ts'
import * as messages from '../wire/messages.ts'
import type { Wire } from '../wire/wire.ts'
import { ServerError } from '../wire/wire-error.ts'
import { type ScriptPart, scanScript } from './scanner.ts'

/** What dumps say about owners, databases and roles of the server they came from: it has no meaning here. */
const skipped = [
  /^alter\s[\s\S]*\sowner\s+to\s/i,
  /^(create|alter|drop|comment\s+on)\s+(database|role|user|group)\s/i,
  /^comment\s+on\s+extension\s/i,
  /^create\s+schema\s+public\s*$/i,
  /^(set|reset)\s+(session\s+authorization|role)\b/i,
  /^(create|alter|drop|comment\s+on)\s+(publication|subscription|event\s+trigger)\s/i,
]
/** Statements that may name a role or a setting that doesn't exist here (42704). */
const forgiven = /^(grant|revoke|set|alter\s+default\s+privileges|create\s+policy|comment\s+on\s+policy)\s/i

const copyChunkLength = 256 * 1024

/** Loads the files in order. Throws `Failure('invalid')` with file, line and the server's message. */
export async function loadFiles(
  wire: Wire,
  files: readonly ImageFile[],
  seed: number,
  signal?: AbortSignal,
): Promise<void> {
  for (const file of files) {
    // A dump empties the search path for itself; the files after it were written by hand and expect the usual one.
    await wire.converse(messages.simpleQuery('RESET ALL'), () => {})
    for (const part of partsOf(file, seed)) {
      signal?.throwIfAborted()
      await loadPart(wire, file, part)
    }
  }
}

function partsOf(file: ImageFile, seed: number): Iterable<ScriptPart> {
  if (file.format === 'csv') return [csvPart(file)]
  const isGenerator = /^\s*--\s*generator\b/.test(file.text)
  return scanScript(isGenerator ? file.text.replaceAll(/(?<![:\w]):seed\b/g, String(seed)) : file.text)
}

/** CSV goes by its header, so columns may come in any order and those with defaults may be left out. */
function csvPart(file: ImageFile): ScriptPart {
  const header = /^\ufeff?([^\r\n]*)/.exec(file.text)?.[1] ?? ''
  const columns = header.split(',').map((name) =>
    quoteName(
      name
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .replaceAll('""', '"'),
    ),
  )
  const table = (file.table ?? '').split('.').map(quoteName).join('.')
  const text = `COPY ${table} (${columns.join(', ')}) FROM STDIN (FORMAT csv, HEADER true)`
  return { text, line: 1, data: file.text.replace(/^\ufeff/, ''), dataLine: 1 }
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

async function loadPart(wire: Wire, file: ImageFile, part: ScriptPart): Promise<void> {
  if (skipped.some((pattern) => pattern.test(part.text))) return
  const failure = await execute(wire, part)
  if (!failure || (failure.code === '42704' && forgiven.test(part.text))) return
  const detail = failure.fields.get('D')
  const line = failureLine(part, failure)
  throw new Failure('invalid', `${file.name}, line ${line}: ${failure.message}${detail ? ` (${detail})` : ''}`, {
    code: 'dataset_invalid',
    cause: failure,
  })
}

/** Sends a statement, and the rows that it asks for. Returns the server's error, if any. */
async function execute(wire: Wire, part: ScriptPart): Promise<ServerError | null> {
  let failure: ServerError | null = null
  let isOver = false
  await wire.converse(messages.simpleQuery(part.text), (type, body) => {
    if (type === 'E') failure ??= new ServerError(readFields(body))
    if (type === 'G') void sendCopy(wire, part.data ?? '', () => isOver || wire.failure !== null)
  })
  isOver = true
  return failure
}

/** Sends rows as fast as the server takes them, a piece at a time, so that a large dataset does not hold up the program. */
async function sendCopy(wire: Wire, data: string, isOver: () => boolean): Promise<void> {
  for (let at = 0; at < data.length; ) {
    const lineEnd = data.indexOf('\n', at + copyChunkLength)
    const end = lineEnd < 0 ? data.length : lineEnd + 1
    wire.send(messages.copyData(Buffer.from(data.slice(at, end), 'utf8')))
    at = end
    do await Bun.sleep(0)
    while (wire.isBehind && !isOver())
    if (isOver()) return
  }
  wire.send(messages.copyDone())
}

/** The line in the file: of COPY's row where the server names one, else of the position in the statement. */
function failureLine(part: ScriptPart, failure: ServerError): number {
  const row = /\bCOPY [^\n]*, line (\d+)/.exec(failure.fields.get('W') ?? '')?.[1]
  if (row && part.data !== null) return part.dataLine + Number(row) - 1
  const before = [...part.text].slice(0, Number(failure.fields.get('P') ?? 1) - 1)
  return part.line + before.filter((character) => character === '\n').length
}
