/** Icons and verdict shapes, drawn from one sprite that the page carries. */
import { raw, type SafeHtml } from '#jsx/jsx-runtime'
import { type IconName, levelSteps, type ShapeName, type SymbolId, strokeIcons, verdictShapes } from './icon-shapes.ts'

/** A stroked icon beside a visible or spoken name; itself silent. */
export function Icon({ name }: { name: IconName }): SafeHtml {
  return (
    <svg class="i" aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  )
}

/** The shape of a verdict, always beside its word. */
export function Shape({ name }: { name: ShapeName }): SafeHtml {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <use href={`#v-${name}`} />
    </svg>
  )
}

/** The product's mark: three steps and a cursor. */
export function Mark(): SafeHtml {
  return (
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M2 21.5v-8h6.5v-4h7v7H22v5z" />
      <rect class="cursor" x="10" y="2" width="4" height="5.5" />
    </svg>
  )
}

/** The symbols that a piece of markup uses, and those its fragments may bring later. */
export function Sprite({ of, later = [] }: { of: SafeHtml; later?: readonly SymbolId[] }): SafeHtml {
  const used = symbolsIn(of.toString())
  for (const id of later) used.add(id)
  return (
    <svg hidden width="0" height="0" aria-hidden="true">
      <defs>{[...symbols].filter(([id]) => used.has(id)).map(([, symbol]) => symbol)}</defs>
    </svg>
  )
}

const symbols: ReadonlyMap<string, SafeHtml> = new Map([
  ...Object.entries(strokeIcons).map(([name, shape]) => symbolOf(`i-${name}`, '0 0 24 24', shape)),
  ...Object.entries(verdictShapes).map(([name, shape]) => symbolOf(`v-${name}`, '0 0 16 16', shape)),
  ...Object.entries(levelSteps).map(([name, shape]) => symbolOf(`l-${name}`, '0 0 18 14', shape)),
])

function symbolOf(id: string, viewBox: string, shape: string): readonly [string, SafeHtml] {
  const symbol = (
    <symbol id={id} viewBox={viewBox}>
      {raw(shape)}
    </symbol>
  )
  return [id, symbol]
}

const useStart = '<use href="#'

/** The ids that elements of the markup use. A search for text: patterns take half of a long page's time. */
function symbolsIn(html: string): Set<string> {
  const used = new Set<string>()
  for (let at = html.indexOf(useStart); at !== -1; at = html.indexOf(useStart, at + 1)) {
    const start = at + useStart.length
    used.add(html.slice(start, html.indexOf('"', start)))
  }
  return used
}
