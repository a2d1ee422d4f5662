/** Texts that were written: a query, or the files of a program, with line numbers. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { SqlCode } from './sql-code.tsx'

/** One text. A path of null: a query, which has no file. */
export interface Sheet {
  path: string | null
  text: string
}

/** The texts one below the other. */
export function Listing({ sheets, label }: { sheets: readonly Sheet[]; label: string }): SafeHtml {
  return (
    <>
      {sheets.map(({ path, text }) =>
        path === null ? (
          <SqlCode sql={text} label={label} />
        ) : (
          <section class="sheet" aria-label={`${label}: ${path}`}>
            <p class="file-name">{path}</p>
            <ol class="code" aria-label={`${label}, ${path}`}>
              {text
                .replace(/\n$/, '')
                .split('\n')
                .map((line) => (
                  <li>{line === '' ? ' ' : line}</li>
                ))}
            </ol>
          </section>
        ),
      )}
    </>
  )
}
