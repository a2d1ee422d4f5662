/** Ways to the machine’s files and programs. */
import type { Attack } from './attack.ts'

/** Ways to the machine’s files and programs. */
export const files: readonly Attack[] = [
  {
    name: 'a program',
    sql: ["COPY films FROM PROGRAM 'id'"],
    end: ['error'],
    error: /^42501 permission denied to COPY to or from an external program/,
  },
  { name: 'a program to write to', sql: ["COPY films TO PROGRAM 'cat > /tmp/x'"], end: ['error'], error: /^42501/ },
  { name: 'a file to read', sql: ["COPY films FROM '/etc/passwd'"], end: ['error'], error: /^42501/ },
  { name: 'a file to write', sql: ["COPY films TO '/tmp/podium-was-here'"], end: ['error'], error: /^42501/ },
  { name: 'standard input', sql: ['COPY films FROM STDIN'], end: ['error'], error: /use INSERT instead/ },
  { name: 'standard output', sql: ['COPY films TO STDOUT'], end: ['error'], error: /use SELECT instead/ },
  ...[
    "pg_read_file('/etc/passwd')",
    "pg_read_binary_file('/etc/passwd')",
    "pg_ls_dir('/')",
    "pg_stat_file('/etc/passwd')",
    "lo_import('/etc/passwd')",
    "lo_export(1, '/tmp/x')",
    'pg_ls_logdir()',
    'pg_ls_waldir()',
    'pg_current_logfile()',
  ].map(
    (call): Attack => ({
      name: call,
      sql: [`SELECT ${call}`],
      end: ['error'],
      error: /^42501 permission denied for function/,
    }),
  ),
  {
    name: 'an external entity',
    sql: ['SELECT xmlparse(DOCUMENT \'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>\')::text'],
    end: ['completed', 'error'],
    never: /root:/,
  },
  {
    name: 'entities that multiply',
    sql: [
      `SELECT length(xmlparse(DOCUMENT '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx">${Array.from({ length: 12 }, (_, n) => `<!ENTITY b${n} "${`&b${n === 0 ? '' : n - 1};`.repeat(12)}">`).join('')}]><a>&b11;</a>')::text)`,
    ],
    end: ['error', 'completed', 'memory_limit', 'time_limit'],
  },
]
