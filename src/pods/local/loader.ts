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
import { commandProblem, extensionOf, extensionRefusals, forOwner, isForgiven, isSkipped } from './dump-habits.ts'
import { keysTakenFor } from './rows-only.ts'
import { type ScriptPart, scanScript } from './scanner.ts'

const copyChunkLength = 256 * 1024

/** Loads the files in order. Throws `Failure('invalid')` with file, line and the server's message. */
export async function loadFiles(
  wire: Wire,
  files: readonly ImageFile[],
  seed: number,
  signal?: AbortSignal,
): Promise<void> {
  const missing: string[] = []
  for (const file of files) {
    // A dump empties the search path for itself; the files after it were written by hand and expect the usual one.
    await wire.converse(messages.simpleQuery('RESET ALL'), () => {})
    const keys = keysTakenFor(wire, file)
    for (const part of partsOf(file, seed)) {
      signal?.throwIfAborted()
      await keys.before(part)
      await loadPart(wire, file, part, missing)
    }
    const broken = await keys.putBack()
    if (broken !== null) throw invalid(`${file.name}, line ${broken.line}: ${saidBy(broken.failure)}`, broken.failure)
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

/** Longest that a server's message may be: some quote the rest of the file. */
const messageLengthMax = 400

/** `missing`: extensions that could not be created, which is told where something then is not there. */
async function loadPart(wire: Wire, file: ImageFile, part: ScriptPart, missing: string[]): Promise<void> {
  const problem = commandProblem(part.text)
  if (problem !== null) throw invalid(`${file.name}, line ${part.line}: ${problem}`)
  if (part.text.startsWith('\\') || isSkipped(part.text)) return
  const failure = await execute(wire, { ...part, text: forOwner(part.text) })
  if (!failure || isForgiven(part.text, failure.code)) return
  const extension = extensionOf(part.text)
  if (extension !== null && extensionRefusals.includes(failure.code)) {
    missing.push(extension)
    return
  }
  const isAbsent = /^(42704|42883|42P01|3F000)$/.test(failure.code)
  const without =
    isAbsent && missing.length > 0 ? ` Extensions that are not to be had here: ${missing.join(', ')}.` : ''
  throw invalid(
    `${file.name}, line ${failureLine(part, failure)}: ${saidBy(failure)}${without && `.${without}`}`,
    failure,
  )
}

function invalid(message: string, cause?: ServerError): Failure {
  return new Failure('invalid', message, { code: 'dataset_invalid', cause })
}

/** The message with its detail. */
function saidBy({ message, fields }: ServerError): string {
  const detail = fields.get('D')
  return shorten(message) + (detail === undefined ? '' : ` (${shorten(detail)})`)
}

function shorten(words: string): string {
  return words.length > messageLengthMax ? `${words.slice(0, messageLengthMax)}…` : words
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
