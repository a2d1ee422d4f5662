/** `import text from './x.py' with { type: 'text' }`: the file's content, also in the compiled program. */
declare module '*.py' {
  const text: string
  export default text
}

declare module '*.cjs' {
  const text: string
  export default text
}
