/** The page of an SQL exercise, and what its forms answer. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { BenchPage, type BenchProps } from './bench-page.tsx'
import { HelpOutOfBand, type HelpProps } from './help.tsx'
import { QueryPane, type QueryPaneProps } from './query-pane.tsx'
import { ResultPane, type ResultProps } from './result-pane.tsx'
import { type SchemaFacts, TablesOutOfBand, type TablesShown, tablesTab } from './tables.tsx'
import { Tries, type Try } from './task-pane.tsx'

/** What the workbench is given. */
export interface WorkbenchProps extends BenchProps, QueryPaneProps {
  /** Null where it is still being read. */
  schema: SchemaFacts | null
}

/** The whole page. */
export function WorkbenchPage(props: WorkbenchProps): SafeHtml {
  const { schema, help, exercise } = props
  const tables = tablesTab({ schema, attemptId: help.attemptId, slug: exercise.slug })
  return (
    <BenchPage {...props} kind="sql" editor="workbench.js" more={[tables]}>
      <QueryPane {...props} />
    </BenchPage>
  )
}

/** The answer to a form of the workbench: the pane's inside, and the list of tries with it where it changed. */
export function ResultFragment({
  result,
  tries,
  help = null,
  tables = null,
}: {
  result: ResultProps
  tries: readonly Try[] | null
  help?: HelpProps | null
  tables?: TablesShown | null
}): SafeHtml {
  return (
    <>
      <ResultPane {...result} />
      {tries === null ? null : (
        <div id="tries" hx-swap-oob="innerHTML">
          <Tries tries={tries} />
        </div>
      )}
      <HelpOutOfBand help={help} />
      {tables === null ? null : <TablesOutOfBand {...tables} />}
    </>
  )
}
