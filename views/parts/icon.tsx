/** Icons and verdict shapes, drawn from one sprite that the page carries. */
import { raw, type SafeHtml } from '#jsx/jsx-runtime'
import { type IconName, type ShapeName, strokeIcons, verdictShapes } from './icon-shapes.ts'

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
export function Sprite({ of, later = [] }: { of: SafeHtml; later?: readonly (IconName | ShapeName)[] }): SafeHtml {
  const used = new Set([...of.toString().matchAll(/href="#[iv]-([a-z0-9-]+)"/g)].map((match) => match[1]))
  for (const name of later) used.add(name)
  const symbols: SafeHtml[] = []
  for (const [name, shape] of Object.entries(strokeIcons)) {
    if (used.has(name))
      symbols.push(
        <symbol id={`i-${name}`} viewBox="0 0 24 24">
          {raw(shape)}
        </symbol>,
      )
  }
  for (const [name, shape] of Object.entries(verdictShapes)) {
    if (used.has(name))
      symbols.push(
        <symbol id={`v-${name}`} viewBox="0 0 16 16">
          {raw(shape)}
        </symbol>,
      )
  }
  return (
    <svg hidden width="0" height="0" aria-hidden="true">
      <defs>{symbols}</defs>
    </svg>
  )
}
