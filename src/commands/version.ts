/** `podium version`: this program's version and those of what it carries. */
import { version } from '../../package.json'
import { embeddedText } from '../embedded.ts'
import type { CommandInput } from './command.ts'

/** This program's version. */
export const podiumVersion: string = version

/** Prints the versions. */
export async function run({ flags, print }: CommandInput): Promise<number> {
  const versions = {
    podium: version,
    postgresql: postgresVersion(),
    bun: Bun.version,
    platform: `linux-${process.arch}`,
  }
  if (flags.json !== undefined) print(JSON.stringify(versions))
  else print(`podium ${version} (PostgreSQL ${versions.postgresql}, Bun ${Bun.version}, ${versions.platform})`)
  return 0
}

/** The version of the PostgreSQL inside, or `not packed`: from source, before the first build. */
export function postgresVersion(): string {
  try {
    const description: unknown = JSON.parse(embeddedText('server/server.json'))
    const isDescribed = typeof description === 'object' && description !== null && 'version' in description
    return isDescribed ? String(description.version) : 'not packed'
  } catch {
    return 'not packed'
  }
}
