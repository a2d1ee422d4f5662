/**
 * The raw cost: an ordinary client (postgres.js) on a plain connection to the server of a pod, with no Podium between.
 * It is the superuser there, so it clones as Podium does.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import type { Pod } from '../../pods/driver.ts'
import { LocalPod } from '../../pods/local/pod.ts'
import { adminName, datasetName } from '../../pods/local/settings.ts'

/** A server and a connection to it. */
export interface PlainServer {
  /** `CREATE DATABASE … STRATEGY file_copy` from the dataset. Returns its name. */
  clone(): Promise<string>
  drop(name: string): Promise<void>
  /** A new connection to a database. */
  connect(name: string): postgres.Sql
  end(): Promise<void>
}

/** Connects; `directory` is the driver's. */
export async function openPlainServer(pod: Pod, directory: string): Promise<PlainServer> {
  if (!(pod instanceof LocalPod)) throw new Error('only pods of this machine have a socket to connect to')
  const path = pod.dataPath
  if (path === null) throw new Error('the pod is gone')
  const facts: unknown = JSON.parse(await readFile(join(directory, 'images', pod.image, 'image.json'), 'utf8'))
  const password = secretOf(facts)
  const connect = (database: string) =>
    postgres({
      path: join(path, '.s.PGSQL.5432'),
      user: adminName,
      password,
      database,
      max: 1,
      fetch_types: false,
      onnotice: () => undefined,
    })
  const admin = connect(adminName)
  await admin`select 1`
  let number = 0
  return {
    connect,
    clone: async () => {
      number += 1
      const name = `plain_${number}`
      await admin.unsafe(`CREATE DATABASE ${name} TEMPLATE ${datasetName} STRATEGY file_copy`)
      return name
    },
    drop: async (name) => void (await admin.unsafe(`DROP DATABASE ${name} WITH (FORCE)`)),
    end: async () => await admin.end({ timeout: 1 }),
  }
}

function secretOf(facts: unknown): string {
  if (typeof facts === 'object' && facts !== null && 'secret' in facts && typeof facts.secret === 'string')
    return facts.secret
  throw new Error('the image has no secret')
}
