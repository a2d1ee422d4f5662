/** What programs print. Where they name a line of a file, as languages do in errors, the line is one click away. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'

/** A line of a file, from 1. */
export interface Place {
  path: string
  line: number
}

/** Leads to a line in the editor; `static/client/file-places.ts` does the way. */
export function PlaceLink({
  place,
  children,
  isButton = false,
}: {
  place: Place
  children?: Child
  isButton?: boolean
}): SafeHtml {
  return (
    <a class={isButton ? 'btn sm' : null} href="#files" data-place={place.path} data-line={place.line}>
      {children ?? `${place.path}, line ${place.line}`}
    </a>
  )
}

/** `File "/work/main.py", line 3` (Python), `/work/main.js:3:5` (most others), `main.sh: line 3` (Bash). */
const placePattern =
  /(?<![\w@/.:+-])(?:\/work\/|\.\/)?(?<path>[\w@-][\w@./+-]{0,200}\.\w{1,5})(?:", line |: line |:)(?<line>\d{1,6})(?::\d{1,6})?/g

/** Longer texts stay plain, in UTF-16 code units. */
const linkedMax = 50_000

/** The text with links. The editor says where a path is none of its files. */
export function PrintedText({ text }: { text: string }): SafeHtml {
  if (text.length > linkedMax) return <>{text}</>
  const parts: Child[] = []
  let done = 0
  for (const match of text.matchAll(placePattern)) {
    const { path = '', line = '' } = match.groups ?? {}
    parts.push(text.slice(done, match.index))
    parts.push(<PlaceLink place={{ path, line: Number(line) }}>{match[0]}</PlaceLink>)
    done = match.index + match[0].length
  }
  return (
    <>
      {parts}
      {text.slice(done)}
    </>
  )
}

/** The line of a file at which a program broke, as far as what it said tells; null where it does not. */
export function brokenAt(text: string): Place | null {
  const places = [...text.slice(0, linkedMax).matchAll(placePattern)].map(({ 0: found, groups = {} }) => ({
    ...{ path: groups['path'] ?? '', line: Number(groups['line']) },
    // Python tells the innermost call last, everybody else first.
    isInnermostLast: found.includes('", line '),
  }))
  const chosen = places[0]?.isInnermostLast ? places.at(-1) : places[0]
  return chosen === undefined ? null : { path: chosen.path, line: chosen.line }
}
