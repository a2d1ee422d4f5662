/** Puts values into the places of a command: `{entry}` within an argument, `{files}` as several arguments. */

/** The command with its places filled. A place that is unknown stays as it is. */
export function fillCommand(
  command: readonly string[],
  values: Readonly<Record<string, string>>,
  files: readonly string[] = [],
): string[] {
  return command.flatMap((argument) =>
    argument === '{files}' ? files : argument.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole),
  )
}

/** A path that no program takes for an option: `-x.py` becomes `./-x.py`. */
export function asArgument(path: string): string {
  return path.startsWith('-') ? `./${path}` : path
}

/** A file's name without folders and ending: `src/Main.java` → `Main`. */
export function stemOf(path: string): string {
  const name = path.split('/').at(-1) ?? path
  return name.replace(/(?<=.)\.[^.]*$/, '')
}
