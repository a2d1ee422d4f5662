/** The page of an SQL exercise: task at the left, the editor over its result at the right. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { Layout, type PageProps } from '../layout.tsx'
import type { State } from '../parts/state.tsx'
import { Crumb, PaneSwitch, type PlaceFacts, Splitter, Steps } from './bench-frame.tsx'
import { BenchTemplates } from './bench-templates.tsx'
import { HelpOutOfBand, type HelpProps } from './help.tsx'
import { KeysDialog } from './keys.tsx'
import { QueryPane, type QueryPaneProps } from './query-pane.tsx'
import { ResultPane, type ResultProps } from './result-pane.tsx'
import { StarterDialog } from './starter.tsx'
import { TablesOutOfBand, type TablesShown } from './tables.tsx'
import { TaskPane, type TaskPaneProps, Tries, type Try } from './task-pane.tsx'

/** What the workbench is given. */
export interface WorkbenchProps extends TaskPaneProps, Omit<PlaceFacts, 'exercise'>, QueryPaneProps {
  page: PageProps
  /** Where the exercise stands for this person. */
  state: State
  result: ResultProps
}

/** Shapes that answers may bring which the page itself does not show. */
const later = [
  'pass',
  'part',
  'fail',
  'slow',
  'gauge',
  'torn',
  'warn',
  'idle',
  'lightbulb',
  'copy',
  'download',
  'key-round',
  'link-2',
  'table-2',
] as const

/** The whole page. */
export function WorkbenchPage(props: WorkbenchProps): SafeHtml {
  const { page, exercise, attempt } = props
  return (
    <Layout
      page={page}
      title={exercise.title}
      isFixed
      hasEditor
      later={later}
      crumb={<Crumb {...props} />}
      tools={<Steps {...props} />}
    >
      <PaneSwitch state={props.state} hasResult={props.result.kind !== 'empty'} />
      <main id="main">
        <div class="bench" data-attempt={attempt.id} data-version={attempt.version}>
          <TaskPane exercise={exercise} schema={props.schema} help={props.help} tries={props.tries} />
          <Splitter name="a" label="Resize the left pane" controls="width" />
          <QueryPane {...props} />
          <Splitter name="b" label="Resize the results" controls="height" />
          <section class="pane out" aria-label="Result" id="result">
            <ResultPane {...props.result} />
          </section>
        </div>
      </main>
      <KeysDialog />
      <StarterDialog />
      <BenchTemplates />
    </Layout>
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
