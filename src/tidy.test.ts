/**
 * Style as a test. `ranks` is the architecture: a file imports from its own folder and from ranks above it in this
 * list, never from one below or beside. When this fails, move the code, not the line.
 */
import { expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** From the ground up; names in one line are of one rank and know nothing of each other. */
const ranks = [
  ['failure', 'embedded'],
  ['config'],
  ['telemetry'],
  ['postgres', 'parsing', 'yaml'],
  ['http', 'store'],
  ['pods'],
  ['runtimes', 'sandboxes'],
  ['accounts', 'catalog', 'docs', 'health'],
  ['admin', 'grading', 'imports', 'workspaces'],
  ['attempts'],
  ['projects', 'assessments'],
  ['reviews'],
  ['routes'],
  ['app'],
  ['commands'],
  ['main'],
  ['proof', 'build', 'tidy'],
] as const

/** What may stand at the top of the project. */
const topLevel = ['.ci', 'deploy', 'exercises', 'src', 'static', 'views']
/** Names that say nothing about what is inside. */
const emptyNames = /^(utils?|helpers?|lib|libs|common|misc|shared|services?|managers?|types|index)(\.tsx?)?$/

const root = join(import.meta.dir, '..')

interface SourceFile {
  /** From the top of the project, for example `src/store/connect.ts`. */
  path: string
  text: string
  imports: readonly { target: string; isTypeOnly: boolean }[]
}

const files = ['src', 'views', 'static', 'deploy'].flatMap(readSources)
const sources = files.filter(({ path }) => path.startsWith('src/'))

test('a file imports only from ranks below its own, or from its own folder', () => {
  const climbing = sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => target.startsWith('src/') && !mayImport(path, target))
      .map(({ target }) => `${path} → ${target}`),
  )
  expect(climbing).toEqual([])
})

test('no files import each other in a circle, not even their types', () => {
  const importsOf = new Map(files.filter(({ path }) => !isTest(path)).map(({ path, imports }) => [path, imports]))
  const done = new Set<string>()
  const circles: string[] = []
  const walk = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' → '))
    if (way.includes(path) || done.has(path)) return
    for (const { target } of importsOf.get(path) ?? []) walk(target, [...way, path])
    done.add(path)
  }
  for (const path of importsOf.keys()) walk(path, [])
  expect(circles).toEqual([])
})

test('every file of src has a rank', () => {
  expect(sources.filter(({ path }) => rankOf(path) === -1).map(({ path }) => path)).toEqual([])
})

test('only app.ts imports a routes file from another folder', () => {
  const strays = sources.filter(({ path, imports }) => {
    const fromOthers = imports.filter(({ target }) => folderOf(target) !== folderOf(path))
    return (
      path !== 'src/app.ts' && !isTest(path) && fromOthers.some(({ target }) => /\/([a-z-]+-)?routes\.ts$/.test(target))
    )
  })
  expect(strays.map(({ path }) => path)).toEqual([])
})

test('views take only types from src, and what browsers load takes nothing', () => {
  const strays = files.filter(({ path, imports }) => {
    const fromSource = imports.filter(({ target }) => target.startsWith('src/'))
    if (path.startsWith('views/') && !isTest(path)) return fromSource.some(({ isTypeOnly }) => !isTypeOnly)
    return path.startsWith('static/') && !isTest(path) && fromSource.some(({ isTypeOnly }) => !isTypeOnly)
  })
  expect(strays.map(({ path }) => path)).toEqual([])
})

test('names of files and folders say what is inside', () => {
  const segments = files.map(({ path }) => ({ path, names: path.split('/').slice(1) }))
  const empty = segments.filter(({ names }) => names.some((name) => emptyNames.test(name)))
  expect(empty.map(({ path }) => path)).toEqual([])
  const odd = segments.filter(({ names }) => names.some((name) => !/^\.?[a-z0-9]+([-.][a-z0-9]+)*$/.test(name)))
  expect(odd.map(({ path }) => path)).toEqual([])
})

test('nothing stands at the top of the project but what the map names', () => {
  const tracked = Bun.spawnSync(['git', 'ls-files'], { cwd: root }).stdout.toString().split('\n').filter(Boolean)
  const folders = new Set(tracked.filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? ''))
  expect([...folders].filter((folder) => !topLevel.includes(folder))).toEqual([])
})

test('every file but a test starts with a comment that says what it is for', () => {
  const silent = files.filter(({ path, text }) => !isTest(path) && !/^(#!.*\n)?(\/\*\*?|\/\/)/.test(text))
  expect(silent.map(({ path }) => path)).toEqual([])
})

test('doubt is not hidden: no any, no ignored types, no skipped tests, nothing left to do', () => {
  const forbidden: readonly [string, RegExp][] = [
    ['any', /(:|<|\bas|,)\s*any\b(?!\w)/],
    ['an ignored type', /@ts-(ignore|nocheck|expect-error)/],
    ['an ignored rule', /biome-ignore(?! lint\/[\w/]+: \S)/],
    ['a skipped test', /\b(test|describe|it)\.(skip|todo|only)\b/],
    ['something to do', /\b(TODO|FIXME|XXX|HACK)\b/],
  ]
  const found = files
    .filter(({ path }) => path !== 'src/tidy.test.ts')
    .flatMap(({ path, text }) => {
      const code = withoutText(text)
      return forbidden.filter(([, pattern]) => pattern.test(code)).map(([what]) => `${path}: ${what}`)
    })
  expect(found).toEqual([])
})

test('the map in src/README.md names every folder of src', () => {
  const map = readFileSync(join(root, 'src/README.md'), 'utf8')
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map(({ name }) => name).filter((name) => !map.includes(`${name}/`))).toEqual([])
})

/** Tests and proofs may look at everything; a folder may look at itself. */
function mayImport(path: string, target: string): boolean {
  if (isTest(path) || folderOf(path) === folderOf(target)) return true
  const [own, other] = [rankOf(path), rankOf(target)]
  return other < own
}

function rankOf(path: string): number {
  const name = /^src\/[\w-]+\/routes\.ts$/.test(path) ? 'routes' : folderOf(path)
  return ranks.findIndex((rank) => rank.some((member) => member === name))
}

/** The first name below src without its ending: `store` for src/store/…, `config` for src/config.ts and src/config/…. */
function folderOf(path: string): string {
  return (path.split('/')[1] ?? '').split('.')[0] ?? ''
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /\/test-[\w-]+\.ts$/.test(path)
}

function readSources(folder: string): SourceFile[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => {
      const path = `${folder}/${name}`
      const text = readFileSync(join(root, path), 'utf8')
      return { path, text, imports: importsOf(path, text) }
    })
}

/** Static and dynamic imports and re-exports of our own files, as paths from the top of the project. */
function importsOf(path: string, text: string) {
  const pattern = /(?:^|\n)\s*(import|export)\s+(type\s)?[^'";]*?from\s+'(\.[^']+)'|\bimport\(\s*'(\.[^']+)'\s*\)/g
  return [...text.matchAll(pattern)].map(([, , type, fromStatic, fromDynamic]) => ({
    target: relative(root, resolve(root, dirname(path), fromStatic ?? fromDynamic ?? '')),
    isTypeOnly: type !== undefined,
  }))
}

/** Code without strings and comments, in which words are only words. Comments that steer a tool stay. */
function withoutText(text: string): string {
  return text
    .replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => (/TODO|FIXME|@ts-|biome-ignore/.test(comment) ? comment : ''))
    .replaceAll(/(^|\s)\/\/.*/g, (comment) => (/TODO|FIXME|@ts-|biome-ignore/.test(comment) ? comment : ''))
}
