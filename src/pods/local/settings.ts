/**
 * The fixed settings of a pod's server. They are given on the command line, where nothing a person can say inside
 * (`ALTER SYSTEM`, an included file) has the last word.
 */
import { createHash } from 'node:crypto'
import { extensions } from '../../postgres/extensions.ts'
import { relayConnectionsMax, relaysPerPodMax } from '../driver.ts'

/** Superuser of every pod, and the database it connects to: Podium's own, never a learner's. */
export const adminName = 'podium'
/** The template database that sandboxes are cloned from, and the role that owns its objects. */
export const datasetName = 'dataset'
/** The one database that people share where an exercise only reads, and the role whose members may connect to it. */
export const sharedName = 'shared'
export const readersName = 'readers'

/** Who may connect: a role to the database of its own name, readers to the shared one, Podium to all. */
export const hostBasedAccess = `local all ${adminName} scram-sha-256
local ${sharedName} +${readersName} scram-sha-256
local sameuser all scram-sha-256
`

const megabyte = 1024 * 1024

const fixedSettings: Readonly<Record<string, string>> = {
  // An order and a timestamp are the same on every machine.
  timezone: 'UTC',
  log_timezone: 'UTC',
  datestyle: 'ISO, MDY',
  intervalstyle: 'postgres',
  client_encoding: 'UTF8',
  lc_messages: 'C',
  default_text_search_config: 'pg_catalog.english',
  // A pod is disposable, so nothing in it waits for the disk; after a crash it is thrown away, not recovered.
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  restart_after_crash: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_replication_slots: '0',
  max_prepared_transactions: '0',
  min_wal_size: '4MB',
  max_wal_size: '24MB',
  wal_buffers: '1MB',
  checkpoint_timeout: '1h',
  // A checkpoint hurries: the log must be reused faster than anybody can fill it.
  checkpoint_completion_target: '0',
  summarize_wal: 'off',
  archive_mode: 'off',
  // Small and quiet: a thousand idle pods must cost nothing. io_method=worker would add three processes to each.
  shared_buffers: '12MB',
  io_method: 'sync',
  max_worker_processes: '0',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  max_parallel_workers: '0',
  bgwriter_delay: '10s',
  bgwriter_lru_maxpages: '0',
  wal_writer_delay: '10s',
  autovacuum: 'off',
  jit: 'off',
  huge_pages: 'off',
  track_activities: 'on',
  // Not posix: that needs /dev/shm, and unboxed it would outlive a killed pod.
  dynamic_shared_memory_type: 'mmap',
  shared_memory_type: 'mmap',
  work_mem: '8MB',
  hash_mem_multiplier: '1.0',
  // A sort that stays in a core's cache builds an index a quarter faster than one that has 32 MB.
  maintenance_work_mem: '4MB',
  temp_buffers: '4MB',
  max_notify_queue_pages: '256',
  max_stack_depth: '2MB',
  // Why a server did not start is worth reading; RAISE LOG in a loop must not become Podium's work.
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
  log_statement: 'none',
  log_checkpoints: 'off',
  log_connections: '',
  log_lock_waits: 'off',
  logging_collector: 'off',
  log_destination: 'stderr',
  // Secrets of a pod are 128 random bits: more iterations would only slow each connection down.
  scram_iterations: '1',
  password_encryption: 'scram-sha-256',
  authentication_timeout: '10s',
  listen_addresses: '',
  // Relative to the data directory, so that the length of the path above never matters.
  unix_socket_directories: '.',
  unix_socket_permissions: '0700',
  port: '5432',
  ssl: 'off',
  update_process_title: 'off',
  // Notices a session whose client is gone while its query still runs.
  client_connection_check_interval: '1s',
  allow_alter_system: 'off',
}

/** What differs from pod to pod. */
export interface SettingOptions {
  /** Most databases in the pod. */
  capacity: number
  /** Room for the data directory, in bytes. */
  diskBytesMax: number
}

/** Locks for each connection of people and of Podium's own. */
const locksPerConnection = 256
/** The least that PostgreSQL takes for either kind of lock. */
const locksPerConnectionMin = 10
const predicateLocksPerConnection = 64

/** The server's arguments: `-c name=value` for each setting. */
export function settingArguments(options: SettingOptions): string[] {
  const settings = {
    ...fixedSettings,
    ...connectionSettings(options),
    temp_file_limit: `${Math.max(1, Math.floor(options.diskBytesMax / 2 / 1024))}kB`,
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Programs come with many connections and few locks: they share the tables of locks, which an idle pod pays for. */
function connectionSettings({ capacity }: SettingOptions): Record<string, string> {
  // Each sandbox has one session at work, one that waits for the next run, and one that may still be going away.
  const own = capacity * 3 + 6
  const all = own + Math.min(capacity, relaysPerPodMax) * relayConnectionsMax
  const share = (locks: number) => String(Math.max(locksPerConnectionMin, Math.ceil((locks * own) / all)))
  return {
    max_connections: String(all),
    max_locks_per_transaction: share(locksPerConnection),
    max_pred_locks_per_transaction: share(predicateLocksPerConnection),
  }
}

/** Changes when what decides an image's content changes; goes into every image's hash. */
export const settingsVersion = createHash('sha256')
  .update(JSON.stringify([fixedSettings, hostBasedAccess, extensions, 'layout 3']))
  .digest('hex')

/** From this size of a template on, the pod's data is on disk instead of in memory. */
export const memoryTemplateBytesMax = 64 * megabyte
