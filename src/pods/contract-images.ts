/**
 * What every pod driver must do with images: names, building once, what authors' files may hold, and what is said of those
 * that do not load.
 */
import { expect, test } from 'bun:test'
import { Failure } from '../failure.ts'
import { contractPodLimits, type Given, recipeOf, rows, schema, sqlFile } from './contract.ts'
import { circularRows, circularSchema, dumpText } from './contract-dump.ts'
import type { ImageFile } from './driver.ts'

/** Registers the part about images. */
export function describeImages(given: Given): void {
  test('gives an image of the same files the same name, and finds it again', async () => {
    expect(given.driver.imageHash({ ...recipeOf(sqlFile(schema, 'other.sql')), seed: 7 })).toBe(given.image.hash)
    expect(given.driver.imageHash(recipeOf(sqlFile(`${schema} `)))).not.toBe(given.image.hash)
    expect(await given.driver.findImage(given.image.hash)).toEqual(given.image)
    expect((await given.driver.listImages()).map(({ hash }) => hash)).toContain(given.image.hash)
    expect(await given.driver.findImage('0'.repeat(64))).toBeNull()
    expect(given.image.templateBytes).toBeGreaterThan(1_000_000)
    expect(given.image.bytes).toBeGreaterThan(given.image.templateBytes)
  })

  test('builds an image once when many ask at the same moment, and removes it', async () => {
    const recipe = recipeOf(
      sqlFile('CREATE TABLE built (at timestamptz DEFAULT now()); INSERT INTO built DEFAULT VALUES'),
    )
    const images = await Promise.all(Array.from({ length: 20 }, () => given.driver.buildImage(recipe)))
    expect(new Set(images.map(({ hash }) => hash)).size).toBe(1)
    expect((await given.driver.listImages()).length).toBe(2)
    await given.driver.removeImage(given.driver.imageHash(recipe))
    expect(await given.driver.findImage(given.driver.imageHash(recipe))).toBeNull()
  })

  test('names the file, the line and the reason when a dataset does not load', async () => {
    const broken = sqlFile(
      "CREATE TABLE a (b int);\n\n-- a comment\nINSERT INTO a\nVALUES ('x');\n",
      'datasets/a/10.sql',
    )
    const failure = await given.driver.buildImage(recipeOf(broken)).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Failure)
    expect((failure as Failure).kind).toBe('invalid')
    expect((failure as Failure).message).toBe('datasets/a/10.sql, line 5: invalid input syntax for type integer: "x"')
    const copied = sqlFile('CREATE TABLE a (b int);\nCOPY a FROM stdin;\n1\nx\n\\.\n', 'b.sql')
    await expect(given.driver.buildImage(recipeOf(copied))).rejects.toThrow(
      'b.sql, line 4: invalid input syntax for type integer: "x"',
    )
  })

  test.each([
    ['SELECT 1;\n\\copy a from a.csv', 'c.sql, line 2: \\copy is a command of the psql program'],
    ['CREATE EXTENSION postgis;\nCREATE TABLE a (b geometry);', 'Extensions that are not to be had here: postgis.'],
    [`SELECT $x$${'y'.repeat(5_000)}`, 'y…'],
  ])('says what an author can mend: %#', async (text, words) => {
    const refused = given.driver.buildImage(recipeOf(sqlFile(text, 'c.sql')))
    const message = await refused.then(String, (error: Failure) => error.message)
    expect(message).toContain(words)
    expect(message.length).toBeLessThan(600)
  })

  test('loads plain pg_dump files, CSV files and generators', async () => {
    const dump = sqlFile(dumpText, 'dump.sql')
    const csv: ImageFile = {
      name: 'halls.csv',
      format: 'csv',
      table: 'halls',
      text: 'seats,name\r\n10,"A, ""big"" one"\r\n,B\r\n',
    }
    const generator = sqlFile(
      '-- generator\nINSERT INTO numbers SELECT n * :seed FROM generate_series(1, 3) n',
      'numbers.sql',
    )
    const recipe = { files: [dump, csv, generator], seed: 5 }
    expect(given.driver.imageHash(recipe)).not.toBe(given.driver.imageHash({ ...recipe, seed: 6 }))
    const dumped = await given.driver.startPod(await given.driver.buildImage(recipe), {
      isolation: 'database',
      limits: contractPodLimits,
    })
    const database = await dumped.createDatabase({ access: 'write' })
    expect(await rows(database, 'SELECT * FROM numbers ORDER BY 1')).toEqual([['5'], ['10'], ['15']])
    expect(await rows(database, 'SELECT name, seats FROM halls ORDER BY 1')).toEqual([
      ['A, "big" one', '10'],
      ['B', null],
    ])
    expect(await rows(database, 'SELECT id, note FROM notes ORDER BY id')).toEqual([
      ['1', 'a\tb; c'],
      ['2', null],
      ['3', '\\.'],
    ])
    expect(await rows(database, "SELECT nextval('notes_id_seq')")).toEqual([['4']])
    // The policies of a dump are for roles that stayed behind: nothing of it is hidden from people here.
    const reader = await dumped.createDatabase({ access: 'read' })
    expect(await rows(reader, 'SELECT count(*) FROM notes')).toEqual([['3']])
    await dumped.kill()
  })
  test('loads a dump of rows only whose tables point to each other, and holds it to its keys', async () => {
    const files = (captain: string) => [
      sqlFile(circularSchema, '10-schema.sql'),
      sqlFile(circularRows(captain), '20-rows.sql'),
    ]
    const image = await given.driver.buildImage({ files: files('10'), seed: 1 })
    const pod = await given.driver.startPod(image, { isolation: 'database', limits: contractPodLimits })
    const database = await pod.createDatabase({ access: 'write' })
    expect(await rows(database, 'SELECT * FROM team JOIN player ON team_id = team.id')).toEqual([
      ['1', 'Reds', '10', '10', '1'],
    ])
    const keys = 'SELECT conname, condeferrable::text, confdeltype::text, convalidated::text FROM pg_constraint'
    expect(await rows(database, `${keys} WHERE contype = 'f' ORDER BY 1`)).toEqual([
      ['captain plays', 'true', 'a', 'true'],
      ['player_team_id_fkey', 'false', 'c', 'true'],
    ])
    expect(await rows(database, "INSERT INTO team VALUES (2, 'Blues') RETURNING name")).toEqual([['BLUES']])
    await pod.kill()
    await expect(given.driver.buildImage({ files: files('11'), seed: 1 })).rejects.toThrow(
      '20-rows.sql, line 11: insert or update on table "team" violates foreign key constraint "captain plays" (Key (captain_id)=(11) is not present in table "player".)',
    )
  })
}
