/**
 * PostgreSQL's own parser (libpg-query, compiled to WASM), called directly: the package's wrapper opens its file by the
 * path of the build machine, which does not exist beside a compiled binary. Runs inside the parse worker only.
 */
import create from 'libpg-query/wasm/libpg-query.js'
import wasmPath from 'libpg-query/wasm/libpg-query.wasm' with { type: 'file' }

/** A value of the parse tree, which libpg-query gives as JSON. */
export type Tree = string | number | boolean | null | Tree[] | { [key: string]: Tree }

/** One statement of the tree; location and length are bytes of UTF-8, and absent where they are zero or "the rest". */
export interface RawStatement {
  stmt: { [kind: string]: Tree }
  stmt_location?: number
  stmt_len?: number
}

/** What PostgreSQL's parser says: statements, or the first syntax error with its zero-based place in code points. */
export type ParseOutcome = { statements: RawStatement[] } | { message: string; codePoint: number | null }

/** One token as PostgreSQL's scanner sees it; start and end are bytes of UTF-8. */
export interface Token {
  start: number
  end: number
  text: string
}

type Module = Awaited<ReturnType<typeof create>>

/** A parser instance. A RangeError or a WebAssembly error means its stack is spent: throw the instance away. */
export interface TreeParser {
  parse(text: string): ParseOutcome
  scan(text: string): Token[]
  /** The bodies in PL/pgSQL of a text's functions and DO blocks, as the tree of its own parser; null where it refuses one. */
  parseProcedural(text: string): Tree | null
}

/** Makes a fresh instance with memory of its own. */
export async function createTreeParser(): Promise<TreeParser> {
  const module = await create({ wasmBinary: await Bun.file(wasmPath).bytes() })
  return {
    parse: (text) => withText(module, text, (pointer) => parse(module, pointer)),
    scan: (text) => withText(module, text, (pointer) => scan(module, pointer)),
    parseProcedural: (text) => withText(module, text, (pointer) => parseProcedural(module, pointer)),
  }
}

function withText<T>(module: Module, text: string, body: (pointer: number) => T): T {
  const bytes = new TextEncoder().encode(text)
  const pointer = module._malloc(bytes.length + 1)
  if (pointer === 0) throw new RangeError('The parser has no memory left')
  module.HEAPU8.set(bytes, pointer)
  module.HEAPU8[pointer + bytes.length] = 0
  const result = body(pointer)
  module._free(pointer)
  return result
}

function parse(module: Module, text: number): ParseOutcome {
  const result = module._wasm_parse_query_raw(text)
  if (result === 0) throw new RangeError('The parser has no memory left')
  const [tree, error] = [module.getValue(result, 'i32'), module.getValue(result + 8, 'i32')]
  const outcome = error === 0 ? readTree(module, tree) : readError(module, error)
  module._wasm_free_parse_result(result)
  return outcome
}

function readTree(module: Module, tree: number): ParseOutcome {
  if (tree === 0) throw new RangeError('The parser gave no tree')
  const parsed: { stmts?: RawStatement[] } = JSON.parse(module.UTF8ToString(tree))
  return { statements: parsed.stmts ?? [] }
}

/** Layout of PgQueryError: message, function, file, line, cursor position (one-based, 0 where unknown). */
function readError(module: Module, error: number): ParseOutcome {
  const message = module.UTF8ToString(module.getValue(error, 'i32'))
  const cursor = module.getValue(error + 16, 'i32')
  return { message, codePoint: cursor > 0 ? cursor - 1 : null }
}

function scan(module: Module, text: number): Token[] {
  const result = module._wasm_scan(text)
  const json = module.UTF8ToString(result)
  module._wasm_free_string(result)
  if (!json.startsWith('{')) return []
  const parsed: { tokens?: Token[] } = JSON.parse(json)
  return parsed.tokens ?? []
}

function parseProcedural(module: Module, text: number): Tree | null {
  const result = module._wasm_parse_plpgsql(text)
  if (result === 0) throw new RangeError('The parser has no memory left')
  const json = module.UTF8ToString(result)
  module._wasm_free_string(result)
  return json.startsWith('{') ? JSON.parse(json) : null
}
