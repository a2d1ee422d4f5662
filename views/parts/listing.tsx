/** Texts that were written: a query, or the files of a program, with line numbers and the colours of their language. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import { type CodePiece, languageOf, linesOf } from './code-colours.ts'

/** One text. A path of null: a query, which has no file. */
export interface Sheet {
  path: string | null
  text: string
}

/** The texts one below the other. */
export function Listing({ sheets, label }: { sheets: readonly Sheet[]; label: string }): SafeHtml {
  return (
    <>
      {sheets.map((sheet) =>
        sheet.path === null ? (
          <Lines sheet={sheet} label={label} />
        ) : (
          <section class="sheet" aria-label={`${label}: ${sheet.path}`}>
            <p class="file-name">{sheet.path}</p>
            <Lines sheet={sheet} label={`${label}, ${sheet.path}`} />
          </section>
        ),
      )}
    </>
  )
}

function Lines({ sheet: { path, text }, label }: { sheet: Sheet; label: string }): SafeHtml {
  return (
    <ol class="code" aria-label={label}>
      {linesOf(text.replace(/\n$/, ''), languageOf(path)).map((line) => (
        <li>{line.length === 0 ? ' ' : line.map(coloured)}</li>
      ))}
    </ol>
  )
}

/** A piece in its colour, with the classes of the sheet. */
export function coloured({ colour, text }: CodePiece): Child {
  return colour === '' ? text : <span class={colour}>{text}</span>
}
