/** One statement of a person: sends it, keeps what comes back within the limits, as PostgreSQL wrote it. */

import type { RunStatement } from '../driver.ts'
import type { Cell, Notice, RunLimits, SqlError, StatementResult } from '../run.ts'
import { type Body, decodeText, readFields } from '../wire/body.ts'
import * as messages from '../wire/messages.ts'
import type { Wire } from '../wire/wire.ts'
import { builtinTypes } from './builtin-types.ts'
import { characterOffset } from './position.ts'

const noticesMax = 100
const noticeBytesMax = 2_000
const columnsMax = 1_664
/** A longer statement is refused before it is sent. */
const statementLengthMax = 1_000_000

/** A statement's outcome, and the types that still need a name. */
export interface StatementOutcome {
  result: StatementResult
  /** For each column the OID of its type. */
  typeIds: number[]
}

/** Runs a statement. Rejects with `WireError` where the connection broke; `outcome` then holds what came until then. */
export async function runStatement(wire: Wire, outcome: StatementOutcome, limits: RunLimits): Promise<void> {
  const { result } = outcome
  const beganAt = performance.now()
  const refusal = refuse(result.text)
  if (refusal) {
    result.error = refusal
    return
  }
  try {
    await wire.converse(messages.extendedQuery(result.text, limits.rowsMax + 1), (type, body) => {
      receive(wire, outcome, limits, type, body)
    })
  } finally {
    result.durationMs = performance.now() - beganAt
  }
}

/** An outcome in which nothing has happened yet. */
export function emptyOutcome(statement: RunStatement): StatementOutcome {
  const { text, offset } = statement
  const empty = {
    command: '',
    columns: [],
    rows: [],
    rowCount: null,
    truncatedBy: null,
    notices: [],
    durationMs: 0,
    error: null,
  }
  return { result: { text, offset, ...empty }, typeIds: [] }
}

function refuse(text: string): SqlError | null {
  const nul = text.indexOf('\0')
  if (nul >= 0) return sqlError('22021', 'A statement cannot contain the character NUL (0x00)')
  if (text.length > statementLengthMax)
    return sqlError('54000', 'The statement is too long: at most 1,000,000 characters')
  return null
}

function receive(wire: Wire, outcome: StatementOutcome, limits: RunLimits, type: string, body: Body): void {
  const { result } = outcome
  if (type === 'T') readColumns(outcome, body)
  else if (type === 'D') keepRow(result, limits, body)
  else if (type === 'C') readTag(result, body.text())
  else if (type === 's') result.command = commandWord(result.text)
  else if (type === 'N') keepNotice(result, readNotice(readFields(body)))
  else if (type === 'A') keepNotice(result, readNotification(body))
  else if (type === 'E') result.error = readError(result, readFields(body))
  else if (type === 'G' || type === 'W') {
    // The server ignores the Sync already sent while it waits for data, so another one follows.
    wire.send(messages.copyFail('there is no standard input here: use INSERT instead'))
    wire.send(messages.sync())
  } else if (type === 'H') {
    result.error = sqlError(
      '0A000',
      'COPY … TO STDOUT sends its rows to a program, and there is none here: use SELECT instead',
    )
  }
}

function readColumns(outcome: StatementOutcome, body: Body): void {
  const count = Math.min(body.int16(), columnsMax)
  for (let index = 0; index < count; index += 1) {
    const name = body.text()
    body.slice(6)
    const typeId = body.uint32()
    body.slice(8)
    outcome.typeIds.push(typeId)
    outcome.result.columns.push({ name, type: builtinTypes.get(typeId) ?? '' })
  }
}

function keepRow(result: StatementResult, limits: RunLimits, body: Body): void {
  if (result.rows.length >= limits.rowsMax) {
    result.truncatedBy = 'rows'
    return
  }
  const count = body.int16()
  const row: Cell[] = []
  for (let index = 0; index < count; index += 1) {
    const length = body.int32()
    if (length > limits.cellBytesMax) result.truncatedBy ??= 'bytes'
    row.push(length < 0 ? null : decodeText(body.slice(length), limits.cellBytesMax))
  }
  result.rows.push(row)
}

/** A statement that was left before its end has no tag; what changes rows has changed them all by then. */
function commandWord(text: string): string {
  const word = /^(?:\s|--[^\n]*\n|\/\*[^*]*\*\/)*(insert|update|delete|merge|fetch|explain)\b/i.exec(text)?.[1]
  return word?.toUpperCase() ?? 'SELECT'
}

/** `INSERT 0 5`, `SELECT 3`, `CREATE TABLE`: the words, then the count. */
function readTag(result: StatementResult, tag: string): void {
  const match = /^([A-Z ]+?)(?: \d+)?(?: (\d+))?$/.exec(tag)
  result.command = match?.[1] ?? tag
  const count = /(\d+)$/.exec(tag)?.[1]
  result.rowCount = count === undefined ? null : Number(count)
}

function readNotice(fields: Map<string, string>): Notice {
  const short = (key: string) => fields.get(key)?.slice(0, noticeBytesMax) ?? null
  return { severity: fields.get('V') ?? 'NOTICE', message: short('M') ?? '', detail: short('D'), hint: short('H') }
}

function readNotification(body: Body): Notice {
  body.int32()
  const channel = body.text()
  const payload = body.text()
  return { severity: 'NOTIFY', message: `${channel}: ${payload}`.slice(0, noticeBytesMax), detail: null, hint: null }
}

function keepNotice(result: StatementResult, notice: Notice): void {
  if (result.notices.length < noticesMax) result.notices.push(notice)
  else if (result.notices.length === noticesMax)
    result.notices.push({ severity: 'NOTICE', message: 'Further messages were left out', detail: null, hint: null })
}

function readError(result: StatementResult, fields: Map<string, string>): SqlError {
  const position = fields.get('P')
  const error = sqlError(fields.get('C') ?? 'XX000', fields.get('M') ?? '')
  return {
    ...error,
    detail: fields.get('D') ?? null,
    hint: fields.get('H') ?? null,
    position: position ? result.offset + characterOffset(result.text, Number(position) - 1) : null,
  }
}

/** An error of Podium's own, in PostgreSQL's form. */
export function sqlError(code: string, message: string): SqlError {
  return { code, message, detail: null, hint: null, position: null }
}
