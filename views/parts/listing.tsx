/** Texts that were written: a query, or the files of a program, with line numbers and the colours of their language. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import { type CodePiece, languageOf, linesOf } from './code-colours.ts'

/** One text. A path of null: a query, which has no file. */
export interface Sheet {
  path: string | null
  text: string
}

/** What is listed. */
export interface ListingProps {
  sheets: readonly Sheet[]
  label: string
  /** Without colours, where there would be too many. */
  isPlain?: boolean
}

/** The texts one below the other. */
export function Listing({ sheets, label, isPlain = false }: ListingProps): SafeHtml {
  return (
    <>
      {sheets.map((sheet) =>
        sheet.path === null ? (
          <Lines sheet={sheet} label={label} isPlain={isPlain} />
        ) : (
          <section class="sheet" aria-label={`${label}: ${sheet.path}`}>
            <p class="file-name">{sheet.path}</p>
            <Lines sheet={sheet} label={`${label}, ${sheet.path}`} isPlain={isPlain} />
          </section>
        ),
      )}
    </>
  )
}

interface LinesProps {
  sheet: Sheet
  label: string
  isPlain: boolean
}

function Lines({ sheet: { path, text }, label, isPlain }: LinesProps): SafeHtml {
  return (
    <ol class="code" aria-label={label}>
      {linesOf(text.replace(/\n$/, ''), isPlain ? null : languageOf(path)).map((line) => (
        <li>{line.length === 0 ? ' ' : line.map(coloured)}</li>
      ))}
    </ol>
  )
}

/** A piece in its colour, with the classes of the sheet. */
export function coloured({ colour, text }: CodePiece): Child {
  return colour === '' ? text : <span class={colour}>{text}</span>
}
