/** What checking an answer to a code exercise came to: each case or test, and exactly the files that were handed in. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import type { Verdict } from '../../src/grading/verdict.ts'
import { Listing, type Sheet } from '../parts/listing.tsx'
import { duration, percent, Time } from '../parts/text.tsx'
import { Items, itemNouns } from './code-items.tsx'
import { PaneTabs, type Tab } from './pane-tabs.tsx'
import { brokenAt, PlaceLink, PrintedText } from './printed.tsx'
import { type VerdictFacts, VerdictSay } from './verdict-say.tsx'

/** A verdict and the files that it judged. */
export interface CodeVerdictPaneProps extends VerdictFacts {
  kind: 'code-verdict'
  /** Exactly what was handed in. */
  files: readonly Sheet[]
}

/** The pane after an answer was checked. */
export function CodeVerdictPane(props: CodeVerdictPaneProps): SafeHtml {
  const { verdict } = props
  const tabs = [...resultTabs(verdict), answerTab(props)]
  return (
    <PaneTabs
      label="Verdict"
      open={tabs[0]?.id ?? 'pane-answer'}
      aside={aside(props)}
      above={<VerdictSay {...props} way={wayTo(verdict)} />}
      tabs={tabs}
    />
  )
}

/** The failing line, one click away. */
function wayTo({ code }: Verdict): Child {
  const place =
    code === undefined ? null : (code.items.find((item) => item.place !== null)?.place ?? brokenAt(code.compiler ?? ''))
  return place === null ? null : (
    <PlaceLink place={place} isButton>
      Go to {place.path}, line {place.line}
    </PlaceLink>
  )
}

function aside({ verdict, part }: CodeVerdictPaneProps): string {
  const share = part === null ? '' : ` · ${percent(part.score)}`
  return `${duration(verdict.durationMs)}${share}`
}

function resultTabs({ code }: Verdict): Tab[] {
  if (code === undefined) return []
  const { items, compiler, output, compare } = code
  const compiled = { id: 'pane-errors', name: 'Errors', panel: <Printed text={compiler ?? ''} /> }
  return [
    ...(compiler === null ? [] : [compiled]),
    ...(items.length === 0
      ? []
      : [{ id: 'pane-items', name: itemNouns[compare].title, count: items.length, panel: <Items results={code} /> }]),
    ...(output === null || output === ''
      ? []
      : [{ id: 'pane-output', name: 'Output', panel: <Printed text={output} /> }]),
  ]
}

function Printed({ text }: { text: string }): SafeHtml {
  return (
    <pre class="printed pad">
      <PrintedText text={text} />
    </pre>
  )
}

function answerTab({ number, at, files }: CodeVerdictPaneProps): Tab {
  const panel = (
    <>
      <p class="note-line muted">
        Answer {number}, handed in at <Time at={at} as="clock" />
      </p>
      <Listing sheets={files} label="Your answer" />
    </>
  )
  return { id: 'pane-answer', name: 'Your answer', panel }
}
