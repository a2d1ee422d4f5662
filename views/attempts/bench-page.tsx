/** The page of an exercise of any kind: task at the left, the editor over its result at the right. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import { Layout, type LayoutProps, type PageProps } from '../layout.tsx'
import { type State, stateSymbols } from '../parts/state.tsx'
import { Crumb, PaneSwitch, type PlaceFacts, Splitter, Steps } from './bench-frame.tsx'
import { BenchTemplates } from './bench-templates.tsx'
import type { AttemptFacts } from './editor-foot.tsx'
import { KeysDialog } from './keys.tsx'
import { kindWords, type WorkKind } from './kind-words.ts'
import type { Tab } from './pane-tabs.tsx'
import { ResultPane, type ResultProps } from './result-pane.tsx'
import { StarterDialog } from './starter.tsx'
import { type ExerciseFacts, TaskPane, type TaskPaneProps } from './task-pane.tsx'

/** What the page of every exercise is given. */
export interface BenchProps extends TaskPaneProps, Omit<PlaceFacts, 'exercise'> {
  exercise: ExerciseFacts
  page: PageProps
  attempt: AttemptFacts
  /** Where the exercise stands for this person. */
  state: State
  result: ResultProps
}

/** What differs between the kinds. */
interface BenchKind {
  kind: WorkKind
  editor: NonNullable<LayoutProps['editor']>
  /** Tabs beside the task that only this kind has. */
  more: readonly Tab[]
  /** The editor's pane. */
  children: Child
  /** Dialogs and templates of this kind. */
  after?: Child
}

/** Shapes that answers may bring which the page itself does not show. */
const later = [...stateSymbols, 'i-lightbulb', 'i-copy', 'i-download', 'i-key-round', 'i-link-2', 'i-table-2'] as const

/** The whole page. */
export function BenchPage({ kind, editor, more, children, after, ...props }: BenchProps & BenchKind): SafeHtml {
  const { page, exercise, attempt } = props
  const { pane, own } = kindWords[kind]
  return (
    <Layout
      page={page}
      title={exercise.title}
      isFixed
      editor={editor}
      later={later}
      crumb={<Crumb {...props} />}
      tools={<Steps {...props} />}
    >
      <PaneSwitch state={props.state} hasResult={props.result.kind !== 'empty'} pane={pane} />
      <main id="main">
        <div class="bench" data-attempt={attempt.id} data-version={attempt.version}>
          <TaskPane kind={kind} exercise={exercise} help={props.help} tries={props.tries} more={more} />
          <Splitter name="a" label="Resize the left pane" controls="width" />
          {children}
          <Splitter name="b" label="Resize the results" controls="height" />
          <section class="pane out" aria-label="Result" id="result">
            <ResultPane {...props.result} />
          </section>
        </div>
      </main>
      <KeysDialog kind={kind} />
      <StarterDialog own={own} />
      <BenchTemplates own={own} />
      {after ?? null}
    </Layout>
  )
}
