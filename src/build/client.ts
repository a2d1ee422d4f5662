/**
 * Makes what browsers load, in `dist/static`: client modules bundled one by one, sheets and fonts as they are. Names
 * carry a hash of the content; `manifest.json` maps each plain name to it. `static/assets.ts` says what there is.
 *
 * `bun src/build/client.ts`
 */
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { clientEntries, fontFiles, plainFiles } from '../../static/assets.ts'

const root = join(import.meta.dir, '../..')

/** Builds `dist/static` anew; readers see the old directory or the new one. Throws where a module does not bundle. */
export async function bundleClient(): Promise<void> {
  const made = join(root, 'dist', `static.${process.pid}`)
  rmSync(made, { recursive: true, force: true })
  mkdirSync(join(made, 'fonts'), { recursive: true })
  const manifest: Record<string, string> = {}
  const add = (name: string, content: Uint8Array) => {
    const hash = new Bun.CryptoHasher('sha256').update(content).digest('hex').slice(0, 10)
    const extension = extname(name)
    manifest[name] = `${basename(name, extension)}-${hash}${extension}`
    writeFileSync(join(made, manifest[name]), content)
  }
  for (const entry of clientEntries) add(basename(entry).replace(/\.ts$/, '.js'), await bundle(entry))
  for (const file of plainFiles) add(file, readFileSync(join(root, 'static', file)))
  // The sheets refer to fonts by their own names, which hold for as long as the package's version does.
  for (const font of fontFiles) cpSync(join(root, 'node_modules', font), join(made, 'fonts', basename(font)))
  writeFileSync(join(made, 'manifest.json'), JSON.stringify(manifest))
  const place = join(root, 'dist/static')
  rmSync(`${made}.old`, { recursive: true, force: true })
  try {
    renameSync(place, `${made}.old`)
  } catch {
    // The first build finds nothing to replace.
  }
  renameSync(made, place)
  rmSync(`${made}.old`, { recursive: true, force: true })
}

async function bundle(entry: string): Promise<Uint8Array> {
  // The theme is set by a classic script before anything is drawn; modules run too late for that.
  const format = entry.endsWith('/theme.ts') ? 'iife' : 'esm'
  const result = await Bun.build({
    entrypoints: [join(root, 'static', entry)],
    target: 'browser',
    format,
    minify: true,
    sourcemap: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const [output, ...more] = result.outputs
  if (output === undefined || more.length > 0) throw new Error(`${entry} must bundle into one file`)
  return new Uint8Array(await output.arrayBuffer())
}

if (import.meta.main) await bundleClient()
