/**
 * Builds the program into one file: `bun run build` makes `dist/podium` for x64 (any x64 processor),
 * `bun run build --target=arm64` makes `dist/podium-arm64`. PostgreSQL is packed when its inputs changed, the client is
 * bundled, and all files of `src/embedded.ts` go inside.
 */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BunPlugin } from 'bun'
import { listFiles, sourceDirectories } from '../embedded.ts'
import { bundleClient } from './client.ts'
import { packBun, proveBun } from './pack-bun.ts'
import { type Architecture, hostArchitecture, packServer } from './pack-server.ts'

const root = join(import.meta.dir, '../..')
const source = join(root, 'src')

/** The baseline runtime needs no AVX2. */
const runtimes = { x64: 'bun-linux-x64-baseline', arm64: 'bun-linux-arm64' } as const

await build(targetFrom(process.argv.slice(2)))

async function build(arch: Architecture): Promise<void> {
  const startedAt = performance.now()
  await packServer(arch)
  await packBun(arch, runtimes[arch])
  await bundleClient()
  const outfile = join(root, 'dist', arch === 'x64' ? 'podium' : `podium-${arch}`)
  const result = await Bun.build({
    entrypoints: [join(source, 'main.ts'), ...workerEntries()],
    root: source,
    // Elysia knows some of its errors by the names of their classes: shortened, wrong numbers in addresses pass its checks.
    minify: { whitespace: true, syntax: true, identifiers: false },
    sourcemap: 'none',
    plugins: [embedFiles(arch)],
    compile: {
      target: runtimes[arch],
      outfile,
      // A compiled program would otherwise run what a bunfig.toml or .env of the current directory tells it to.
      autoloadDotenv: false,
      autoloadBunfig: false,
    },
  })
  if (!result.success) throw new AggregateError(result.logs, 'The program does not build')
  await proveBun(arch, outfile)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(
    `built ${outfile.slice(root.length + 1)}: ${(statSync(outfile).size / 1e6).toFixed(0)} MB in ${seconds} s`,
  )
}

/** Without a target, the machine's own. */
function targetFrom(argv: readonly string[]): Architecture {
  const [argument] = argv
  if (argument === undefined) return hostArchitecture()
  if (argument === '--target=x64') return 'x64'
  if (argument === '--target=arm64') return 'arm64'
  throw new Error(`Unknown argument ${argument}; --target=x64 and --target=arm64 are known`)
}

/** Threads are entries of their own, found in the program by their path below src. */
function workerEntries(): string[] {
  return listFiles(source)
    .filter((path) => path.endsWith('worker.ts'))
    .map((path) => join(source, path))
    .filter((path) => readFileSync(path, 'utf8').includes('self.onmessage'))
}

/**
 * Puts before the code of `src/embedded.ts` an import of each file that travels along, and the table that the code
 * looks for. Imports with `{ type: 'file' }` become paths inside the program.
 */
function embedFiles(arch: Architecture): BunPlugin {
  return {
    name: 'embedded files',
    setup(builder) {
      builder.onLoad({ filter: /\/src\/embedded\.ts$/ }, ({ path }) => {
        const files = Object.entries(sourceDirectories(arch)).flatMap(([prefix, directory]) =>
          listFiles(directory).map((name) => ({ name: prefix + name, path: join(directory, name) })),
        )
        const imports = files.map(
          (file, index) => `import f${index} from ${JSON.stringify(file.path)} with { type: 'file' }`,
        )
        const entries = files.map((file, index) => `[${JSON.stringify(file.name)}, f${index}]`)
        const table = `Reflect.set(globalThis, Symbol.for('podium.embedded'), new Map([${entries.join(', ')}]))`
        return { contents: `${imports.join('\n')}\n${table}\n${readFileSync(path, 'utf8')}`, loader: 'ts' }
      })
    },
  }
}
