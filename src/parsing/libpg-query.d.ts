/** The part of libpg-query's emscripten module that Podium calls directly, so that it can hand over the WASM itself. */
declare module 'libpg-query/wasm/libpg-query.js' {
  /** One instance of PostgreSQL's parser with its own memory. */
  interface PgQueryModule {
    HEAPU8: Uint8Array
    getValue(pointer: number, type: 'i32'): number
    UTF8ToString(pointer: number): string
    _malloc(bytes: number): number
    _free(pointer: number): void
    _wasm_parse_query_raw(text: number): number
    _wasm_free_parse_result(result: number): void
    _wasm_parse_plpgsql(text: number): number
    _wasm_scan(text: number): number
    _wasm_free_string(pointer: number): void
  }
  export default function create(options: { wasmBinary: Uint8Array }): Promise<PgQueryModule>
}

declare module '*.wasm' {
  const path: string
  export default path
}
