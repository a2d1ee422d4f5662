/** Fields of the editor's forms, as they come from a browser. */
import { t } from 'elysia'
import type { Attempt } from '../store/attempts.ts'
import { isFragmentRequest } from './exercise-page.ts'
import { makeLatest } from './restore.ts'
import type { Workbench } from './run.ts'

/** The longest text of an editor, in UTF-16 code units; the parser names its own limit in bytes. */
export const textLengthMax = 262_144

/** The longest input of a program, in UTF-16 code units. */
export const stdinLengthMax = 65_536

/** One text. */
export const textField = t.String({ maxLength: textLengthMax })

/** Forms send line ends as CRLF, whatever was typed; positions count in the text with LF. */
export const formText = t
  .Transform(textField)
  .Decode((text) => text.replaceAll('\r\n', '\n'))
  .Encode((text) => text)

/** Any fields, for forms that have one for each file. */
export const formFields = t.Record(t.String(), formText)

/** A form without scripts has no autosave: what it runs or hands in is its newest draft. */
export async function saveLatest(
  { sql }: Pick<Workbench, 'sql'>,
  request: Request,
  attempt: Attempt,
  text: string,
): Promise<void> {
  if (!isFragmentRequest(request)) await makeLatest(sql, attempt, text)
}
