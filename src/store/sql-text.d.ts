/** `import text from './x.sql' with { type: 'text' }`: the file's content, also in the compiled binary. */
declare module '*.sql' {
  const text: string
  export default text
}
