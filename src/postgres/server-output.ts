/** Tells people why a server did not start, and the mend, from what it wrote. */
import { Failure } from '../failure.ts'

interface Explanation {
  pattern: RegExp
  code: string
  explain(match: RegExpExecArray, dataDirectory: string): string
}

const explanations: readonly Explanation[] = [
  {
    pattern: /(could not (?:create|resize) shared memory segment|could not map anonymous shared memory)/,
    code: 'shared_memory',
    explain: () => 'PostgreSQL got no shared memory. Give the machine or container more memory, or a larger /dev/shm.',
  },
  {
    pattern: /No space left on device|Disk quota exceeded/,
    code: 'disk_full',
    explain: (_match, directory) => `The disk that holds ${directory} is full. Free some space and start again.`,
  },
  {
    pattern: /has wrong ownership|has invalid permissions/,
    code: 'wrong_owner',
    explain: (_match, directory) =>
      `${directory} does not belong to the user PostgreSQL runs as. Give it back with chown -R, or choose another data directory.`,
  },
  {
    pattern: /error while loading shared libraries: (\S+?):/,
    code: 'missing_library',
    explain: ([, name]) =>
      `This machine lacks ${name}, which PostgreSQL needs. On Debian and Ubuntu: apt-get install libstdc++6`,
  },
  {
    pattern: /version `(GLIBC\S*)' not found/,
    code: 'old_system',
    explain: ([, name]) => `This system is too old for the PostgreSQL inside: it needs ${name}.`,
  },
  {
    pattern: /lock file "postmaster\.pid" already exists|is still in use/,
    code: 'server_running',
    explain: (_match, directory) => `Another PostgreSQL server uses ${directory}. Stop it and start again.`,
  },
  {
    pattern: /Permission denied/,
    code: 'no_access',
    explain: (_match, directory) =>
      `PostgreSQL may not use all of ${directory}. Give it to the user it runs as with chown -R, or choose another data directory.`,
  },
]

/** A `Failure('unavailable')` for what the server wrote last. The output is its cause. */
export function explainServerOutput(output: string, dataDirectory: string): Failure {
  const cause = new Error(output === '' ? 'PostgreSQL wrote nothing' : output)
  for (const { pattern, code, explain } of explanations) {
    const match = pattern.exec(output)
    if (match !== null) return new Failure('unavailable', explain(match, dataDirectory), { code, cause })
  }
  const fatal = /(?:FATAL|PANIC): *(.*)/.exec(output)?.[1]
  const reason = fatal === undefined ? 'it ended without a reason' : fatal
  return new Failure('unavailable', `PostgreSQL did not start: ${reason}`, { code: 'server_failed', cause })
}
