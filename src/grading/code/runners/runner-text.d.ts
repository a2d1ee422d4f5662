/** Programs that run in boxes, imported as text: the program itself must not load them. */
declare module '*js.txt' {
  const text: string
  export default text
}
