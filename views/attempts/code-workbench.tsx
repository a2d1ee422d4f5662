/** The page of a code exercise: files in place of one query. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { BenchPage, type BenchProps } from './bench-page.tsx'
import { FileDialogs } from './file-dialogs.tsx'
import { FilesPane, type FilesPaneProps } from './files-pane.tsx'
import type { Tab } from './pane-tabs.tsx'
import { type Sample, Samples } from './samples-pane.tsx'
import { type SchemaFacts, tablesTab } from './tables.tsx'

/** What the page is given. */
export interface CodeBenchProps extends BenchProps, FilesPaneProps {
  /** Inputs that are shown with what the right output is; empty where the exercise is not judged by output. */
  samples: readonly Sample[]
  /** The database that each run begins with; null where programs have none. */
  database: { schema: SchemaFacts | null; writes: boolean } | null
}

/** The whole page. */
export function CodeBenchPage(props: CodeBenchProps): SafeHtml {
  return (
    <BenchPage {...props} kind="code" editor="code-bench.js" more={moreTabs(props)} after={<FileDialogs />}>
      <FilesPane {...props} />
    </BenchPage>
  )
}

function moreTabs({ samples, database, help, exercise }: CodeBenchProps): Tab[] {
  const tabs: Tab[] = []
  if (samples.length > 0)
    tabs.push({ id: 'pane-samples', name: 'Samples', count: samples.length, panel: <Samples samples={samples} /> })
  if (database === null) return tabs
  const { schema, writes } = database
  const about = writes
    ? 'Each run of your program begins with these tables, in a fresh database of its own; what it changes goes with the run.'
    : 'Each run of your program can read these tables; it cannot change them.'
  tabs.push(tablesTab({ schema, about, attemptId: help.attemptId, slug: exercise.slug }))
  return tabs
}
