/** psql's backslash commands are not SQL; people who know psql type them, so the answer names what to do instead. */

const commands: Record<string, string> = {
  d: "The Tables tab shows tables and their columns; in SQL: SELECT * FROM information_schema.columns WHERE table_schema = 'public'.",
  dt: "The Tables tab lists the tables; in SQL: SELECT tablename FROM pg_tables WHERE schemaname = 'public'.",
  di: "In SQL: SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'.",
  dv: "In SQL: SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'.",
  df: "In SQL: SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace.",
  dn: 'In SQL: SELECT nspname FROM pg_namespace.',
  du: 'In SQL: SELECT rolname FROM pg_roles.',
  l: 'There is one database here, and you are in it.',
  c: 'There is one database here, and you are in it.',
  x: 'Rows are always shown as a table here; scroll it sideways.',
  timing: 'Each result shows its time by itself.',
  copy: "Files can't be read or written here; INSERT … VALUES adds rows.",
  i: "Files can't be read here; paste the statements instead.",
  e: 'The editor is already open.',
  q: 'There is nothing to quit: close the page when you are done.',
  g: 'End the statement with a semicolon instead.',
  watch: 'Run the statement again instead.',
}

/** Names the psql command at this place and what helps instead; null where there is none. */
export function explainMetaCommand(text: string, position: number): { message: string; hint: string } | null {
  const match = /^\\(\w+|[?!])[+S]*/.exec(text.slice(position, position + 64))
  if (match === null) return null
  const name = match[1] ?? ''
  const known = commands[name] ?? commands[name.replace(/S$/, '')]
  return {
    message: `\\${name} is a command of the psql program, not SQL`,
    hint: known ?? 'Only SQL runs here.',
  }
}
