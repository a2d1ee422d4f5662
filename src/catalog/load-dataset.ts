/** A dataset: a folder of SQL and CSV files in name order, with hidden variants that replace some of them. */
import { createHash } from 'node:crypto'
import type { ImageFile, ImageRecipe } from '../pods/driver.ts'
import type { ContentFile, ContentSource } from './content-source.ts'
import type { CatalogProblem } from './exercise.ts'

/** A dataset as exercises use it. */
export interface Dataset {
  name: string
  recipe: ImageRecipe
  hiddenRecipes: readonly ImageRecipe[]
  /** Whether a file begins with `-- generator`, so that other seeds give other rows. */
  isGenerated: boolean
  /** Hex SHA-256 of all its files. */
  hash: string
  /** All of them as they were read. */
  files: readonly ContentFile[]
  problems: readonly CatalogProblem[]
}

/** The seed of what learners see. */
export const visibleSeed = 1

/** What an exercise without tables stands on. */
export const emptyDataset: Dataset = {
  name: '',
  recipe: { files: [], seed: visibleSeed },
  hiddenRecipes: [],
  isGenerated: false,
  hash: '',
  files: [],
  problems: [],
}

/** Loads the folder; null where it holds no file. */
export function loadDataset(source: ContentSource, paths: readonly string[], folder: string): Dataset | null {
  const own = paths.filter((path) => path.startsWith(`${folder}/`))
  if (own.length === 0) return null
  const problems: CatalogProblem[] = []
  const name = folder.split('/').at(-1) ?? folder
  const files: ContentFile[] = []
  const read = (path: string) => {
    const found = readFile(source, path, problems)
    files.push(...found.map(({ name, text }) => ({ path: name, content: text })))
    return found
  }
  const visible = own.filter((path) => !path.startsWith(`${folder}/hidden/`)).flatMap(read)
  const hidden = Map.groupBy(
    own.filter((path) => path.startsWith(`${folder}/hidden/`)),
    (path) => path.slice(`${folder}/hidden/`.length).split('/')[0] ?? '',
  )
  const variants = [...hidden.values()].map((files) => replaceFiles(visible, files.flatMap(read)))
  const recipe = { files: visible, seed: visibleSeed }
  const hiddenRecipes = variants.map((files) => ({ files, seed: visibleSeed }))
  const isGenerated = visible.some(({ text }) => /^\s*--\s*generator\b/.test(text))
  return { name, recipe, hiddenRecipes, isGenerated, hash: hashRecipes([recipe, ...hiddenRecipes]), files, problems }
}

function readFile(source: ContentSource, path: string, problems: CatalogProblem[]): ImageFile[] {
  const base = path.split('/').at(-1) ?? path
  const report = (message: string) => {
    problems.push({ file: `${source.name}/${path}`, line: null, key: null, message })
    return []
  }
  if (base.endsWith('.md')) return []
  if (!/\.(sql|csv)$/.test(base))
    return report('A dataset holds .sql and .csv files; give this one such a name or move it away')
  const text = source.text(path)
  if (text.includes('\0')) return report('This is no text: it holds a zero byte')
  if (base.endsWith('.sql')) return [{ name: path, format: 'sql', text }]
  // The number that puts a file in order is no part of the table's name.
  return [{ name: path, format: 'csv', table: base.slice(0, -4).replace(/^\d+-/, ''), text }]
}

/** A hidden file takes the place of the visible one with its name; others are added, in name order. */
function replaceFiles(visible: readonly ImageFile[], hidden: readonly ImageFile[]): ImageFile[] {
  const byName = new Map([...visible, ...hidden].map((file) => [file.name.split('/').at(-1) ?? file.name, file]))
  return [...byName.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file)
}

function hashRecipes(recipes: readonly ImageRecipe[]): string {
  const hash = createHash('sha256')
  for (const { files } of recipes) {
    for (const file of files) hash.update(JSON.stringify([file.name, file.text]))
    hash.update('\n')
  }
  return hash.digest('hex')
}
