/**
 * What the parts of the suite for pod drivers share (`driver-contract.ts`), and other suites that work on real pods: limits,
 * recipes, and the shortest ways to run something. Nothing in the program imports it.
 */
import type { Database, Image, ImageFile, ImageRecipe, Pod, PodDriver, PodLimits } from './driver.ts'
import type { RunLimits, RunResult, StatementResult } from './run.ts'

/** Limits that the suite's pods have. */
export const contractPodLimits: PodLimits = {
  capacity: 4,
  memoryBytesMax: 512 * 1024 * 1024,
  diskBytesMax: 192 * 1024 * 1024,
}

/** Limits that the suite's runs have. */
export const contractRunLimits: RunLimits = {
  timeoutMs: 5_000,
  rowsMax: 100,
  bytesMax: 1024 * 1024,
  cellBytesMax: 1_000,
}

/** The dataset of the suite. */
export const schema = `CREATE TABLE films (id int PRIMARY KEY, title text NOT NULL, year int);
INSERT INTO films VALUES (1, 'Stalker', 1979), (2, 'Solaris', 1972), (3, 'Mirror', NULL);
CREATE FUNCTION older(than int) RETURNS SETOF films LANGUAGE sql BEGIN ATOMIC SELECT * FROM films WHERE year < than; END;`

/** Files as an author would write them. */
export function sqlFile(text: string, name = '10-schema.sql'): ImageFile {
  return { name, format: 'sql', text }
}

/** A recipe of these files. */
export function recipeOf(...files: ImageFile[]): ImageRecipe {
  return { files, seed: 1 }
}

/** Runs one text as one statement. */
export function run(database: Database, text: string, limits: Partial<RunLimits> = {}): Promise<RunResult> {
  return database.run([{ text, offset: 0 }], { ...contractRunLimits, ...limits })
}

/** The outcome of the only statement. */
export async function outcome(
  database: Database,
  text: string,
  limits: Partial<RunLimits> = {},
): Promise<StatementResult> {
  const { statements, end } = await run(database, text, limits)
  const [first] = statements
  if (!first) throw new Error(`Nothing was run: ${end}`)
  return first
}

/** The rows of a statement that must succeed. */
export async function rows(database: Database, text: string): Promise<(string | null)[][]> {
  const { error, rows } = await outcome(database, text)
  if (error) throw new Error(error.message)
  return rows
}

/** What a part of the suite is given. */
export interface Given {
  readonly driver: PodDriver
  /** Of `schema`. */
  readonly image: Image
  /** The pod that tests share; another one where it went. */
  pod(): Promise<Pod>
  /** A pod of the test's own. */
  startPod(): Promise<Pod>
  /** Works in a sandbox of the shared pod, which is dropped afterwards. */
  using(body: (database: Database) => Promise<void>): Promise<void>
}
