/**
 * The result pane in all its states. The whole page and the answers to its forms share this file: an answer is the pane's
 * inside and replaces that of `#result`.
 */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField } from '../layout.tsx'
import { Empty, Say } from '../parts/say.tsx'
import { lookOf } from '../parts/state.tsx'
import { counted, Time } from '../parts/text.tsx'
import { CodeVerdictPane, type CodeVerdictPaneProps } from './code-verdict.tsx'
import { DraftPane, type DraftProps, Drafts, type DraftsProps } from './drafts.tsx'
import { kindWords, type WorkKind } from './kind-words.ts'
import { type LostOffer, LostSay, ReplayForm, type ReplayOffer } from './lost.tsx'
import { CodeRunPane, type CodeRunPaneProps, RunningPane } from './program-result.tsx'
import { RunPane, type RunPaneProps } from './run-result.tsx'
import { swap } from './swap.ts'
import { FirstRows, type TableRowsProps } from './tables.tsx'
import { VerdictPane, type VerdictPaneProps } from './verdict.tsx'

/** Nothing was run yet. */
export interface EmptyResult {
  kind: 'empty'
  of: WorkKind
}

/** A program that runs now. */
export interface Running {
  kind: 'running'
  attemptId: string
}

/** Reset asks first, because something was changed. */
export interface ResetQuestion {
  kind: 'reset-question'
  attemptId: string
  csrf: string | null
}

/** A fresh database is there. */
export interface ResetDone extends ReplayOffer {
  kind: 'reset-done'
}

/** The sandbox was given up (idle, crashed, or the program was restarted) and its changes with it. */
export interface SandboxLost extends LostOffer {
  kind: 'lost'
}

/** The log was replayed on a fresh sandbox. */
export interface Replayed {
  kind: 'replayed'
  statementsRun: number
  statementsFailed: number
  /** The last outcome; shown below. */
  last: RunPaneProps | null
}

/** Podium could not take the request now, or at all; nothing was run. */
export interface Refused {
  kind: 'refused'
  /** What happened, as a sentence. */
  message: string
  /** A stable code or the request's id, to quote. */
  code: string
  /** After how many seconds trying again makes sense; null where waiting does not help. */
  retryAfterSeconds: number | null
  /** The moment of the refusal, ISO 8601. */
  at: string
}

/** The first rows of a table, for browsers without scripts. */
export interface TableShown extends TableRowsProps {
  kind: 'table'
}

/** The kept versions. */
export interface DraftsShown extends DraftsProps {
  kind: 'drafts'
}

/** One of them. */
export interface DraftShown extends DraftProps {
  kind: 'draft'
}

/** Everything the pane can show. */
export type ResultProps =
  | EmptyResult
  | Running
  | CodeRunPaneProps
  | CodeVerdictPaneProps
  | RunPaneProps
  | VerdictPaneProps
  | ResetQuestion
  | ResetDone
  | SandboxLost
  | Replayed
  | TableShown
  | DraftsShown
  | DraftShown
  | Refused

/** The inside of `#result`: what the page holds there and what its forms answer with. */
export function ResultPane(props: ResultProps): SafeHtml {
  switch (props.kind) {
    case 'empty':
      return (
        <Padded>
          <Empty title={kindWords[props.of].empty.title}>{kindWords[props.of].empty.text}</Empty>
        </Padded>
      )
    case 'running':
      return <RunningPane attemptId={props.attemptId} />
    case 'code-run':
      return <CodeRunPane {...props} />
    case 'code-verdict':
      return <CodeVerdictPane {...props} />
    case 'run':
      return <RunPane {...props} />
    case 'verdict':
      return <VerdictPane {...props} />
    case 'reset-question':
      return <ResetQuestionPane {...props} />
    case 'reset-done':
      return <ResetDonePane {...props} />
    case 'lost':
      return <LostPane {...props} />
    case 'replayed':
      return <ReplayedPane {...props} />
    case 'table':
      return (
        <>
          <div class="head">
            <h2 class="file">{props.name}</h2>
          </div>
          <div class="body">
            <FirstRows {...props} isFocused={false} />
          </div>
        </>
      )
    case 'drafts':
      return <Drafts {...props} />
    case 'draft':
      return <DraftPane {...props} />
    case 'refused':
      return <RefusedPane {...props} />
  }
}

function Padded({ children }: { children: Child }): SafeHtml {
  return <div class="body pad">{children}</div>
}

function ResetQuestionPane({ attemptId, csrf }: ResetQuestion): SafeHtml {
  return (
    <Padded>
      <form
        class="question stack"
        method="post"
        action={`/attempts/${attemptId}/resets`}
        {...swap(`/attempts/${attemptId}/resets`)}
      >
        <h2 data-announce="polite">Start with a fresh database?</h2>
        <p class="muted">Tables and rows that you changed cannot be brought back. Your query stays as it is.</p>
        <div class="row">
          <a class="btn" href="#sql" data-keep autofocus>
            Keep it
          </a>
          <button class="btn stop" type="submit">
            Reset the database
          </button>
        </div>
        <CsrfField csrf={csrf} />
        <input type="hidden" name="confirmed" value="yes" />
      </form>
    </Padded>
  )
}

function ResetDonePane(props: ResetDone): SafeHtml {
  return (
    <>
      <Say
        look={lookOf('accepted')}
        title="The database is fresh."
        help={
          props.replayStatements === 0
            ? 'It is as the exercise made it.'
            : 'It is as the exercise made it. What you ran before can be run again.'
        }
        action={<ReplayForm {...props} />}
      />
      <Padded>
        <Empty title="Nothing run yet">Run a query, and its rows show up here.</Empty>
      </Padded>
    </>
  )
}

function LostPane(props: SandboxLost): SafeHtml {
  return (
    <>
      <LostSay {...props} />
      <Padded>
        <Empty title="A fresh start">Run your query again, or replay what you ran before.</Empty>
      </Padded>
    </>
  )
}

function ReplayedPane({ statementsRun, statementsFailed, last }: Replayed): SafeHtml {
  const failed = statementsFailed === 0 ? '' : ` ${counted(statementsFailed, 'statement')} failed.`
  return (
    <>
      <Say
        look={statementsFailed === 0 ? lookOf('accepted') : { hue: 'slow', shape: 'warn' }}
        title={`Replayed ${counted(statementsRun, 'statement')}.${failed}`}
        help="The database is as they left it."
      />
      {last === null ? null : <RunPane {...last} />}
    </>
  )
}

function RefusedPane({ message, code, retryAfterSeconds, at }: Refused): SafeHtml {
  const waits = retryAfterSeconds !== null
  return (
    <>
      <Say
        look={{ hue: 'slow', shape: waits ? 'slow' : 'warn' }}
        title={message}
        help={
          <>
            Nothing was run, and your text is safe.
            {waits ? ` Try again in ${counted(Math.ceil(retryAfterSeconds), 'second')}.` : ''}
          </>
        }
        action={waits ? <RetryButton seconds={retryAfterSeconds} /> : null}
      />
      <Padded>
        <p class="faint">
          Code <code>{code}</code>, <Time at={at} as="clock" />
        </p>
      </Padded>
    </>
  )
}

/** Runs the last act again; it belongs to the editor's form, so it works without a script, too. */
function RetryButton({ seconds }: { seconds: number }): SafeHtml {
  return (
    <button class="btn sm" type="submit" form="query" data-retry={Math.ceil(seconds)}>
      Try again
    </button>
  )
}
