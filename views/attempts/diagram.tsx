/** The tables of a database and the keys between them, drawn. The list of tables says the same in words. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { counted } from '../parts/text.tsx'

/** A place in the drawing, in pixels. */
export interface Point {
  x: number
  y: number
}

/** A table, laid out. */
export interface BoxFacts extends Point {
  /** Cut where it is long. */
  name: string
  fullName: string
  width: number
  height: number
  lines: readonly { name: string; mark: 'key' | 'link' | null }[]
  /** Columns that have no line. */
  hidden: number
}

/** A drawing, laid out. */
export interface DiagramFacts {
  width: number
  height: number
  boxes: readonly BoxFacts[]
  /** `path`: from the upper box down, in SVG's words; from what is pointed to, unless the line goes upward. */
  lines: readonly { label: string; path: string; isUpward: boolean }[]
}

const headHeight = 26
const lineHeight = 18

/** In a box that scrolls, for the drawing keeps its size. */
export function Diagram({ diagram }: { diagram: DiagramFacts }): SafeHtml {
  const { width, height, boxes, lines } = diagram
  return (
    <details class="er-map" open data-open-wide>
      <summary>Diagram</summary>
      <section class="scroll" tabindex="0" aria-label="Diagram of the tables, which the list below has in words">
        <svg
          class="er-drawing"
          width={String(width)}
          height={String(height)}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={`${counted(boxes.length, 'table')}, ${counted(lines.length, 'foreign key')}`}
        >
          <Ends />
          {lines.map(({ label, path, isUpward }) => (
            <g class="er-line">
              <title>{label}</title>
              <path class="er-reach" d={path} />
              <path
                d={path}
                marker-start={isUpward ? 'url(#er-many)' : 'url(#er-one)'}
                marker-end={isUpward ? 'url(#er-one)' : 'url(#er-many)'}
              />
            </g>
          ))}
          {boxes.map((box) => (
            <Box box={box} />
          ))}
        </svg>
      </section>
    </details>
  )
}

/** One at the end that is pointed to, many at the other. */
function Ends(): SafeHtml {
  const size = { markerWidth: '12', markerHeight: '12', markerUnits: 'userSpaceOnUse', orient: 'auto-start-reverse' }
  return (
    <defs>
      <marker id="er-one" viewBox="0 0 12 12" refX="12" refY="6" {...size}>
        <path d="M6 1.5v9" />
      </marker>
      <marker id="er-many" viewBox="0 0 12 12" refX="12" refY="6" {...size}>
        <path d="M1 6 12 1M1 6l11 5" />
      </marker>
    </defs>
  )
}

function Box({ box }: { box: BoxFacts }): SafeHtml {
  const { x, y, width, height, name, fullName, lines, hidden } = box
  return (
    <g transform={`translate(${x} ${y})`}>
      {name === fullName ? null : <title>{fullName}</title>}
      <rect class="er-box" x="0.5" y="0.5" width={String(width - 1)} height={String(height - 1)} rx="4" />
      <path class="er-head" d={`M1 ${headHeight}V5q0-4 4-4h${width - 10}q4 0 4 4v${headHeight - 5}z`} />
      <path class="er-rule" d={`M0 ${headHeight}h${width}`} />
      <text class="er-name" x="10" y="17">
        {name}
      </text>
      {lines.map((line, place) => (
        <>
          {line.mark === null ? null : (
            <use
              class="er-mark"
              href={line.mark === 'key' ? '#i-key-round' : '#i-link-2'}
              x="8"
              y={String(headHeight + 6 + place * lineHeight)}
              width="11"
              height="11"
            />
          )}
          <text x="26" y={String(headHeight + 16 + place * lineHeight)}>
            {line.name}
          </text>
        </>
      ))}
      {hidden === 0 ? null : (
        <text class="er-more" x="26" y={String(headHeight + 16 + lines.length * lineHeight)}>
          and {hidden} more
        </text>
      )}
    </g>
  )
}
