/** What dumps say that has no meaning here, and what may fail of them: owners, roles, other servers, what is not there. */

/** Statements that are passed over. */
const skipped = [
  /^alter\s[\s\S]*\sowner\s+to\s/i,
  /^(create|alter|drop|comment\s+on)\s+(database|role|user|group)\s/i,
  /^comment\s+on\s+extension\s/i,
  /^(create|drop)\s+schema\s+(if\s+(not\s+)?exists\s+)?"?public"?(\s+cascade)?\s*$/i,
  /^(set|reset)\s+(session\s+authorization|role)\b/i,
  // Files are UTF-8 whatever they say of themselves.
  /^set\s+client_encoding\b/i,
  /^(create|alter|drop|comment\s+on)\s+(publication|subscription|event\s+trigger)\s/i,
  /^(create|alter|drop|comment\s+on)\s+(foreign\s+data\s+wrapper|server|user\s+mapping|foreign\s+table)\s/i,
  /^(import\s+foreign\s+schema|security\s+label)\s/i,
]

/** Statements that may fail so: a role or setting that is not here, something to be dropped that was never there. */
const forgiven: readonly { text: RegExp; codes: readonly string[] }[] = [
  {
    text: /^(grant|revoke|set|alter\s+default\s+privileges|create\s+policy|comment\s+on\s+policy)\s/i,
    codes: ['42704'],
  },
  { text: /^set\s+default_(tablespace|table_access_method)\b/i, codes: ['22023', '42704'] },
  {
    text: /^(drop\s|alter\s[\s\S]*\sdrop\s|select\s+pg_catalog\.lo_unlink\b)/i,
    codes: ['42P01', '42704', '42883', '42703', '3F000'],
  },
]

/** psql's commands that would bring data or statements along; the others change nothing and are passed over. */
const bringing = /^\\(copy|i|ir|include|include_relative|lo_import|gexec|if)\b/

/** Whether a statement is passed over. */
export function isSkipped(text: string): boolean {
  return skipped.some((pattern) => pattern.test(text))
}

/**
 * A statement as the owner of a table may say it. Only a superuser may switch off all triggers, those that check foreign
 * keys as well; a dump of rows is loaded without these keys anyway.
 */
export function forOwner(text: string): string {
  return text.replace(/^(alter\s+table\s[\s\S]*\s(?:enable|disable)\s+trigger\s+)all\s*$/i, '$1USER')
}

/** Whether a statement may fail with this SQLSTATE. */
export function isForgiven(text: string, code: string): boolean {
  return forgiven.some((rule) => rule.text.test(text) && rule.codes.includes(code))
}

/** Why a line for psql can't be passed over; null where it can. */
export function commandProblem(line: string): string | null {
  const command = bringing.exec(line)?.[0]
  if (command === undefined) return null
  const instead =
    command === '\\copy'
      ? 'put the rows into a CSV file beside it, or behind COPY … FROM stdin'
      : 'put what it would bring into a file of the dataset'
  return `${command} is a command of the psql program, which is not run here; ${instead}`
}

/** The name of an extension that a statement creates, if any. */
export function extensionOf(text: string): string | null {
  return /^create\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)"?/i.exec(text)?.[1] ?? null
}

/** An extension that is not there, or not for authors: what needs it will say so. */
export const extensionRefusals: readonly string[] = ['42501', '0A000', '58P01', '22023']
