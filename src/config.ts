/**
 * Every setting: name, environment variable, flag, default, unit, check. `--help`, `podium config`, the table in
 * README.md and the checks at start all come from this one table.
 */
import * as kinds from './config/kinds.ts'
import { thisMachine } from './config/machine.ts'
import { namesOf, readSetting, type Setting, type SettingSources } from './config/setting.ts'
import { Failure } from './failure.ts'

/** All settings, checked. Amounts are positive and finite; nothing means "unlimited". */
export interface Config {
  port: number
  host: string
  dataDir: string
  /** A PostgreSQL to use as control plane; null for the embedded one. */
  databaseUrl: string | null
  exercisesDirs: readonly string[]
  /** The address people use, without a trailing slash; null where it is only this machine. */
  baseUrl: string | null
  sandboxesMax: number
  memoryBudgetBytes: number
  runsAtOnceMax: number
  queryTimeoutMs: number
  rowsMax: number
  resultBytesMax: number
  sandboxMemoryBytes: number
  /** For one pod, image included. */
  sandboxDiskBytes: number
  imagesDiskBytes: number
  /** What a program may take where neither its exercise nor its language says otherwise. */
  codeTimeoutMs: number
  codeCpuMs: number
  codeMemoryBytes: number
  codeProcessesMax: number
  codeOpenFilesMax: number
  codeFileBytes: number
  codeDiskBytes: number
  codeFilesMax: number
  codeOutputBytes: number
  /** Boxes that wait for a program, for each language. */
  readyBoxesMax: number
  /** What must stay free of the data directory's disk. */
  diskReserveBytes: number
  signUp: 'open' | 'closed'
  guests: boolean
  logLevel: 'debug' | 'info' | 'warn' | 'error'
  trustedProxies: readonly string[]
  allowedOrigins: readonly string[]
  metricsToken: string | null
}

const megabyte = 1024 ** 2
const gigabyte = 1024 ** 3

/** The table, in the order in which help shows it. */
export const settings: { readonly [Name in keyof Config]: Setting<Config[Name]> } = {
  port: {
    variable: 'PODIUM_PORT',
    alternatives: ['PORT'],
    flag: 'port',
    kind: kinds.whole(0, 65_535),
    initial: () => 3000,
    initialText: '3000',
    purpose: 'Port to listen on; 0 takes a free one.',
  },
  host: {
    variable: 'PODIUM_HOST',
    flag: 'host',
    kind: kinds.listenHost,
    initial: () => '127.0.0.1',
    initialText: '127.0.0.1',
    purpose: 'Address to listen on; 0.0.0.0 or :: for every network of this machine.',
  },
  dataDir: {
    variable: 'PODIUM_DATA',
    flag: 'data',
    kind: kinds.folder,
    initial: (machine) => machine.dataDir,
    initialText: '/var/lib/podium as root, else ~/.local/share/podium',
    purpose: 'Folder for everything Podium keeps: database, images, secrets.',
  },
  databaseUrl: {
    variable: 'DATABASE_URL',
    alternatives: ['PODIUM_DATABASE_URL'],
    flag: 'database-url',
    kind: kinds.databaseAddress,
    initial: () => null,
    initialText: 'the embedded PostgreSQL',
    purpose: 'PostgreSQL for people, attempts and results, in place of the embedded one.',
    isSecret: true,
  },
  exercisesDirs: {
    variable: 'EXERCISES_DIR',
    alternatives: ['PODIUM_EXERCISES_DIR'],
    flag: 'exercises',
    kind: kinds.folders,
    initial: () => [],
    initialText: 'only the built-in exercises',
    purpose: 'Folders with further exercises, separated by colons.',
  },
  baseUrl: {
    variable: 'PODIUM_BASE_URL',
    flag: 'base-url',
    kind: kinds.origin,
    initial: () => null,
    initialText: 'none',
    purpose: 'The address people use; its host name is the one this server answers to, and https makes cookies secure.',
  },
  sandboxesMax: {
    variable: 'PODIUM_SANDBOXES',
    flag: 'sandboxes',
    kind: kinds.whole(3, 10_000),
    initial: (machine) => Math.min(2000, Math.max(25, Math.round(machine.memoryBytes / gigabyte) * 25)),
    initialText: '25 for each GB of memory: 200 with 8 GB',
    purpose: 'Most sandboxes at once, ready ones included.',
  },
  memoryBudgetBytes: {
    variable: 'PODIUM_MEMORY_BUDGET',
    flag: 'memory-budget',
    kind: kinds.size('256MB', '64TB'),
    initial: (machine) => Math.max(256 * megabyte, Math.floor(machine.memoryBytes / 2 / megabyte) * megabyte),
    initialText: 'half of the memory',
    purpose: 'Memory that all sandboxes together may be admitted to.',
  },
  runsAtOnceMax: {
    variable: 'PODIUM_RUNS_AT_ONCE',
    flag: 'runs-at-once',
    kind: kinds.whole(1, 1024),
    initial: (machine) => machine.cores * 2,
    initialText: 'twice the processor cores',
    purpose: 'Most runs that execute at the same moment; further ones wait their turn, fairly by person.',
  },
  queryTimeoutMs: {
    variable: 'PODIUM_QUERY_TIMEOUT',
    flag: 'query-timeout',
    kind: kinds.duration('100ms', '1h'),
    initial: () => 30_000,
    initialText: '30s',
    purpose: 'Longest time one run may take.',
  },
  rowsMax: {
    variable: 'PODIUM_ROWS',
    flag: 'rows',
    kind: kinds.whole(1, 1_000_000),
    initial: () => 10_000,
    initialText: '10000',
    purpose: 'Most rows kept of one statement.',
  },
  resultBytesMax: {
    variable: 'PODIUM_RESULT_SIZE',
    flag: 'result-size',
    kind: kinds.size('16KB', '256MB'),
    initial: () => 8 * megabyte,
    initialText: '8MB',
    purpose: 'Most bytes one run may send back; more cuts its connection.',
  },
  sandboxMemoryBytes: {
    variable: 'PODIUM_SANDBOX_MEMORY',
    flag: 'sandbox-memory',
    kind: kinds.size('128MB', '1TB'),
    initial: () => 512 * megabyte,
    initialText: '512MB',
    purpose: 'Memory (address space) of one process of a sandbox server.',
  },
  sandboxDiskBytes: {
    variable: 'PODIUM_SANDBOX_DISK',
    flag: 'sandbox-disk',
    kind: kinds.size('32MB', '16TB'),
    initial: () => 512 * megabyte,
    initialText: '512MB',
    purpose: 'Disk of one sandbox server, which up to eight sandboxes share, dataset included.',
  },
  imagesDiskBytes: {
    variable: 'PODIUM_IMAGES_DISK',
    flag: 'images-disk',
    kind: kinds.size('64MB', '64TB'),
    initial: () => 5 * gigabyte,
    initialText: '5GB',
    purpose: 'Disk for prepared datasets; the least used are removed beyond it.',
  },
  diskReserveBytes: {
    variable: 'PODIUM_DISK_RESERVE',
    flag: 'disk-reserve',
    kind: kinds.size('16MB', '16TB'),
    initial: () => 512 * megabyte,
    initialText: '512MB',
    purpose: 'Disk that stays free where the data is; with less, runs and checks are refused and drafts still saved.',
  },
  codeTimeoutMs: {
    variable: 'PODIUM_CODE_TIMEOUT',
    flag: 'code-timeout',
    kind: kinds.duration('100ms', '1h'),
    initial: () => 10_000,
    initialText: '10s',
    purpose: 'Longest time one run of a program may take, where neither its exercise nor its language says otherwise.',
  },
  codeCpuMs: {
    variable: 'PODIUM_CODE_CPU',
    flag: 'code-cpu',
    kind: kinds.duration('100ms', '1h'),
    initial: () => 10_000,
    initialText: '10s',
    purpose: 'Processor time of one run of a program, all its processes together.',
  },
  codeMemoryBytes: {
    variable: 'PODIUM_CODE_MEMORY',
    flag: 'code-memory',
    kind: kinds.size('16MB', '1TB'),
    initial: () => 256 * megabyte,
    initialText: '256MB',
    purpose: 'Memory of one run of a program, all its processes and files together.',
  },
  codeProcessesMax: {
    variable: 'PODIUM_CODE_PROCESSES',
    flag: 'code-processes',
    kind: kinds.whole(1, 10_000),
    initial: () => 64,
    initialText: '64',
    purpose: 'Processes and threads of one run of a program.',
  },
  codeOpenFilesMax: {
    variable: 'PODIUM_CODE_OPEN_FILES',
    flag: 'code-open-files',
    kind: kinds.whole(16, 65_536),
    initial: () => 256,
    initialText: '256',
    purpose: 'Files that one process of a program may have open.',
  },
  codeFileBytes: {
    variable: 'PODIUM_CODE_FILE_SIZE',
    flag: 'code-file-size',
    kind: kinds.size('64KB', '1TB'),
    initial: () => 32 * megabyte,
    initialText: '32MB',
    purpose: 'The largest file that a program may write.',
  },
  codeDiskBytes: {
    variable: 'PODIUM_CODE_DISK',
    flag: 'code-disk',
    kind: kinds.size('1MB', '1TB'),
    initial: () => 64 * megabyte,
    initialText: '64MB',
    purpose: 'Room for all files of one run of a program; it is memory.',
  },
  codeFilesMax: {
    variable: 'PODIUM_CODE_FILES',
    flag: 'code-files',
    kind: kinds.whole(16, 1_000_000),
    initial: () => 5000,
    initialText: '5000',
    purpose: 'Files and folders of one run of a program.',
  },
  codeOutputBytes: {
    variable: 'PODIUM_CODE_OUTPUT',
    flag: 'code-output',
    kind: kinds.size('1KB', '256MB'),
    initial: () => megabyte,
    initialText: '1MB',
    purpose: 'Standard output and standard error of one run of a program, each.',
  },
  readyBoxesMax: {
    variable: 'PODIUM_READY_BOXES',
    flag: 'ready-boxes',
    kind: kinds.whole(1, 100),
    initial: () => 3,
    initialText: '3',
    purpose: 'Most boxes that wait ready for programs, for each language.',
  },
  signUp: {
    variable: 'PODIUM_SIGN_UP',
    flag: 'sign-up',
    kind: kinds.choice('open', 'closed'),
    initial: () => 'open',
    initialText: 'open',
    purpose: 'Whether people may register; closed leaves it to `podium user add`.',
  },
  guests: {
    variable: 'PODIUM_GUESTS',
    flag: 'guests',
    kind: kinds.onOff,
    initial: () => true,
    initialText: 'on',
    purpose: 'Whether people may practise without signing in.',
  },
  logLevel: {
    variable: 'PODIUM_LOG_LEVEL',
    flag: 'log-level',
    kind: kinds.choice('debug', 'info', 'warn', 'error'),
    initial: () => 'info',
    initialText: 'info',
    purpose: 'The least important messages that are logged.',
  },
  trustedProxies: {
    variable: 'TRUSTED_PROXIES',
    alternatives: ['PODIUM_TRUSTED_PROXIES'],
    flag: 'trusted-proxies',
    kind: kinds.networks,
    initial: () => [],
    initialText: 'none',
    purpose: 'Proxies whose X-Forwarded-For is believed.',
  },
  allowedOrigins: {
    variable: 'ALLOWED_ORIGINS',
    alternatives: ['PODIUM_ALLOWED_ORIGINS'],
    flag: 'allowed-origins',
    kind: kinds.origins,
    initial: () => [],
    initialText: 'none',
    purpose: 'Other sites whose scripts may call the API (CORS).',
  },
  metricsToken: {
    variable: 'PODIUM_METRICS_TOKEN',
    flag: 'metrics-token',
    kind: kinds.token,
    initial: () => null,
    initialText: 'none: only this machine may read /metrics',
    purpose: 'Bearer token that opens /metrics to other machines.',
    isSecret: true,
  },
}

/** The names of all settings, in the table's order. */
export const settingNames = Object.keys(settings).filter((name): name is keyof Config => name in settings)

/** Where each value came from, for example `--port`, `PODIUM_PORT`, `DATABASE_URL_FILE` or `default`. */
export type ConfigOrigins = Record<keyof Config, string>

/** Reads and checks all settings. Throws `Failure('invalid')` that names every wrong one, its value and what is allowed. */
export function readConfig(sources: SettingSources): Config {
  return readSettings(sources).config
}

/** As `readConfig`, and says where each value came from. */
export function readSettings(sources: SettingSources): { config: Config; origins: ConfigOrigins } {
  const machine = sources.machine ?? thisMachine(sources.env)
  const values: Partial<Config> = {}
  const origins: Partial<ConfigOrigins> = {}
  const problems: string[] = []
  const take = <Name extends keyof Config>(name: Name): void => {
    try {
      const { value, origin } = readSetting(settings[name], sources, machine)
      values[name] = value
      origins[name] = origin
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      problems.push(error.message)
    }
  }
  for (const name of settingNames) take(name)
  if (problems.length > 0) throw new Failure('invalid', problems.join('\n'), { code: 'invalid_setting' })
  // Every name of the table has been taken, so nothing is missing any more.
  return { config: values as Config, origins: origins as ConfigOrigins }
}

/** PODIUM_ variables that mean nothing to Podium, for a warning: most are misspelt. Those of Kubernetes are left out. */
export function unknownVariables(env: SettingSources['env']): string[] {
  const known = new Set(settingNames.flatMap((name) => namesOf(settings[name])))
  const isStrange = (name: string) => /^PODIUM_(?!SERVICE_|PORT_)/.test(name) && !known.has(name)
  return Object.keys(env).filter(isStrange)
}
