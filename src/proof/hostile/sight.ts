/** Ways to see what belongs to others. */
import type { Attack } from './attack.ts'

/** Ways to see what belongs to others. */
export const sight: readonly Attack[] = [
  {
    name: 'what others run',
    sql: ['SELECT count(*) FROM pg_stat_activity WHERE usename <> current_user AND query ~ $$films|SELECT$$'],
    end: ['completed'],
    row: ['0'],
  },
  {
    name: 'names of databases',
    sql: [
      "SELECT count(*) FROM pg_database WHERE datname !~ '^s_[a-z0-9]{20}$' AND datname NOT IN ('podium', 'dataset', 'shared')",
    ],
    end: ['completed'],
    row: ['0'],
  },
  {
    name: 'names of roles',
    sql: [
      "SELECT count(*) FROM pg_roles WHERE rolname !~ '^(s_[a-z0-9]{20}|pg_[a-z_]+)$' AND rolname NOT IN ('podium', 'dataset', 'readers')",
    ],
    end: ['completed'],
    row: ['0'],
  },
  {
    name: 'a door to other databases',
    sql: [
      "SELECT count(*) FROM pg_database WHERE datname <> current_database() AND has_database_privilege(datname, 'CONNECT')",
    ],
    end: ['completed'],
    row: ['0'],
  },
  {
    name: 'the size of other databases',
    sql: ['SELECT sum(pg_database_size(datname)) FROM pg_database WHERE datname <> current_database()'],
    end: ['error'],
    error: /^42501/,
  },
  {
    name: 'what the server was told at its start',
    sql: ["SELECT setting FROM pg_settings WHERE name IN ('data_directory', 'config_file', 'hba_file')"],
    end: ['completed'],
    never: /\//,
  },
  {
    name: 'secrets',
    sql: ["SELECT coalesce(string_agg(rolpassword, ''), '') FROM pg_roles WHERE rolpassword <> '********'"],
    end: ['completed'],
    row: [''],
  },
  {
    name: 'who is connected from where',
    // Every session of every sandbox is called `podium`: that says nothing of anybody.
    sql: [
      'SELECT count(*) FROM pg_stat_activity WHERE usename <> current_user AND (application_name NOT IN ($$$$, $$podium$$) OR client_addr IS NOT NULL)',
    ],
    end: ['completed'],
    row: ['0'],
  },
]
