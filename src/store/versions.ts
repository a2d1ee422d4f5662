/**
 * The content of exercise versions: files of any kind, each kept once whatever versions share it. A row is a compressed
 * piece, so that a large dataset is never one value.
 */
import { createHash } from 'node:crypto'
import type { Queries, Sql } from './connect.ts'

/** Which version of which exercise. */
export interface VersionName {
  slug: string
  version: string
}

/** A file of a version, by its path below the content's root. */
export interface VersionFile {
  path: string
  bytes: Uint8Array
}

/** Bytes of a piece; the same bound stands in the schema. */
const pieceBytesMax = 256 * 1024

/** The advisory lock under which versions come and go: a file that is about to be shared must not be removed. */
const lockKey = 7_361_203

/** Whether the version's content is here. */
export async function isVersionKept(sql: Queries, { slug, version }: VersionName): Promise<boolean> {
  const rows = await sql`
    select 1 from version_files where exercise_slug = ${slug} and exercise_version = ${version} limit 1
  `
  return rows.length > 0
}

/** Keeps a version with all its files; nothing happens where it is here already. */
export async function insertVersion(
  sql: Sql,
  { slug, version, files }: VersionName & { files: readonly VersionFile[] },
): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(${lockKey})`
    if (await isVersionKept(transaction, { slug, version })) return
    for (const { path, bytes } of files) {
      const hash = await insertFile(transaction, bytes)
      await transaction`
        insert into version_files (exercise_slug, exercise_version, path, file_hash)
        values (${slug}, ${version}, ${path}, ${hash})
      `
    }
  })
}

/** Keeps a file unless it is here already; returns its hash. */
async function insertFile(transaction: Queries, bytes: Uint8Array): Promise<Uint8Array> {
  const hash = createHash('sha256').update(bytes).digest()
  const added = await transaction`
    insert into content_files (hash, bytes) values (${hash}, ${bytes.length}) on conflict (hash) do nothing returning 1
  `
  if (added.length === 0) return hash
  const packed = await Bun.zstdCompress(bytes)
  for (let piece = 0; piece * pieceBytesMax < packed.length; piece += 1) {
    const content = packed.subarray(piece * pieceBytesMax, (piece + 1) * pieceBytesMax)
    await transaction`
      insert into content_pieces (file_hash, piece, content) values (${hash}, ${piece}, ${content})
    `
  }
  return hash
}

/** The files of a version in the order of their paths; none where it is not kept. */
export async function findVersionFiles(sql: Queries, { slug, version }: VersionName): Promise<VersionFile[]> {
  const rows = await sql<{ path: string; pieces: Uint8Array[] }[]>`
    select v.path, array_agg(p.content order by p.piece) as pieces
    from version_files v join content_pieces p on p.file_hash = v.file_hash
    where v.exercise_slug = ${slug} and v.exercise_version = ${version}
    group by v.path order by v.path collate "C"
  `
  return await Promise.all(
    rows.map(async ({ path, pieces }) => ({ path, bytes: await Bun.zstdDecompress(Buffer.concat(pieces)) })),
  )
}

/** Removes versions that no attempt refers to, and files that no version has any more; returns how many versions. */
export async function deleteUnusedVersions(sql: Sql): Promise<number> {
  return await sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(${lockKey})`
    const [deleted] = await transaction<{ count: number }[]>`
      with gone as (
        delete from version_files v where not exists (
          select 1 from attempts a where a.exercise_slug = v.exercise_slug and a.exercise_version = v.exercise_version)
        returning v.exercise_slug, v.exercise_version
      )
      select count(distinct (exercise_slug, exercise_version))::int as count from gone
    `
    await transaction`
      delete from content_files f where not exists (select 1 from version_files v where v.file_hash = f.hash)
    `
    return deleted?.count ?? 0
  })
}
