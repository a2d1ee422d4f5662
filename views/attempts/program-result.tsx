/** What a run of a program came to: what it printed, how it ended, what it took. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import type { CodeRunResult } from '../../src/attempts/code-run.ts'
import { Empty, Say, type SayProps } from '../parts/say.tsx'
import { lookOf } from '../parts/state.tsx'
import { bytes, duration } from '../parts/text.tsx'
import { Items, itemNouns } from './code-items.tsx'
import { PaneTabs } from './pane-tabs.tsx'
import { brokenAt, PlaceLink, PrintedText } from './printed.tsx'

type Program = Extract<CodeRunResult, { of: 'program' }>
type Trial = Extract<CodeRunResult, { of: 'trial' }>

/** A run of a program, or of the tests that are shown. */
export interface CodeRunPaneProps {
  kind: 'code-run'
  result: CodeRunResult
  /** Files came to other texts since. */
  isOlder: boolean
}

/** The pane after a run. */
export function CodeRunPane({ result, isOlder }: CodeRunPaneProps): SafeHtml {
  const shown = result.of === 'program' ? <ProgramPane result={result} /> : <TrialPane result={result} />
  return (
    <>
      {shown}
      {isOlder || result.isCut ? (
        <p class="note-line faint">
          {result.isCut ? 'Of this earlier run only the beginning is kept. ' : ''}
          {isOlder ? 'Your files have changed since this run.' : ''}
        </p>
      ) : null}
    </>
  )
}

/** A run that goes on: the page was loaded in the middle of it. */
export function RunningPane({ attemptId }: { attemptId: string }): SafeHtml {
  return (
    <>
      <div class="head">
        <h2 class="file" data-announce="polite">
          Running
        </h2>
        <CancelToo />
      </div>
      <section class="body scroll live" tabindex="0" aria-label="Output so far">
        <pre class="printed pad" data-live={`/attempts/${encodeURIComponent(attemptId)}/output`} data-reload />
      </section>
    </>
  )
}

/** On a phone the editor's own button is out of sight while output comes. */
export function CancelToo(): SafeHtml {
  return (
    <button class="btn sm stop push only-s scripted" type="button" data-cancel-too>
      Cancel
    </button>
  )
}

function ProgramPane({ result }: { result: Program }): SafeHtml {
  const { stdout, stderr, compiler } = result
  const errors = compiler ?? stderr
  const say = sayOf(result)
  return (
    <PaneTabs
      label="Result of the run"
      open={stdout === '' && errors !== '' ? 'pane-errors' : 'pane-output'}
      aside={figures(result)}
      above={say === null ? null : <Say {...say} />}
      tabs={[
        {
          id: 'pane-output',
          name: 'Output',
          panel: <Output text={stdout} errors={errors} figures={figures(result)} />,
        },
        ...(errors === '' ? [] : [{ id: 'pane-errors', name: 'Errors', panel: <Printed text={errors} /> }]),
      ]}
    />
  )
}

function Output({ text, errors, figures }: { text: string; errors: string; figures: string }): SafeHtml {
  if (text === '') {
    return (
      <div class="pad">
        <Empty title="Nothing printed">
          {errors === '' ? 'The program ended without printing anything.' : 'What went wrong stands under Errors.'}
        </Empty>
      </div>
    )
  }
  return (
    <>
      <Printed text={text} />
      <p class="note-line faint only-s">{figures}</p>
    </>
  )
}

function Printed({ text }: { text: string }): SafeHtml {
  return (
    <pre class="printed pad">
      <PrintedText text={text} />
    </pre>
  )
}

function figures({ end, exitCode, durationMs, memoryBytes }: Program): string {
  const parts = [
    end === 'exited' && exitCode !== null ? `exit code ${exitCode}` : '',
    durationMs > 0 ? duration(durationMs) : '',
    memoryBytes > 0 ? bytes(memoryBytes) : '',
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

/** A bar only where something needs saying: output speaks for itself. */
function sayOf({ end, problem, compiler, limit, exitCode, stderr }: Program): SayProps | null {
  if (compiler !== null) return compilerSay(compiler)
  if (end === 'cancelled') return { look: lookOf('new'), title: 'Cancelled.', help: 'The program was stopped.' }
  if (problem === null) return null
  if (limit !== null) {
    const look = lookOf(limit.name === 'wallMs' || limit.name === 'cpuMs' ? 'time_limit' : 'memory_limit')
    return { look, title: `Stopped: ${problem.replace(/^stopped /, '')}.`, help: limitHelp[limit.name] }
  }
  const ended = exitCode === null ? 'The program was ended.' : `The program ended with exit code ${exitCode}.`
  return { look: lookOf('runtime_error'), title: ended, help: <code>{problem}</code>, action: wayTo(stderr) }
}

function compilerSay(compiler: string): SayProps {
  const help = 'The language could not read it.'
  return { look: lookOf('compile_error'), title: 'It did not run.', help, action: wayTo(compiler) }
}

/** The failing line, one click away. */
function wayTo(said: string): Child {
  const place = brokenAt(said)
  return place === null ? null : (
    <PlaceLink place={place} isButton>
      Go to line {place.line}
    </PlaceLink>
  )
}

type LimitName = NonNullable<Program['limit']>['name']

const limitHelp: Readonly<Record<LimitName, string>> = {
  wallMs: 'A loop without an end, or waiting for input that does not come, are the usual causes.',
  cpuMs: 'A loop without an end, or going over the same things again and again, are the usual causes.',
  memoryBytesMax: 'A list that grows without an end is the usual cause.',
  processesMax: 'It started more processes than it may.',
  openFilesMax: 'Files that were opened and never closed are the usual cause.',
  fileBytesMax: 'It wrote more into one file than it may.',
  diskBytesMax: 'It wrote more into files than it may.',
  filesMax: 'It made more files than it may.',
  outputBytesMax: 'What it printed up to there is below.',
}

function TrialPane({ result }: { result: Trial }): SafeHtml {
  const { results, durationMs } = result
  if (results === null) {
    return <Say look={lookOf('new')} title="Cancelled." help="The tests were stopped." />
  }
  const { items, compiler, compare } = results
  const noun = itemNouns[compare]
  const failed = items.filter(({ outcome }) => outcome !== 'passed').length
  const say =
    compiler !== null
      ? compilerSay(compiler)
      : failed === 0
        ? {
            look: lookOf('accepted'),
            title: `All shown ${noun.many} pass.`,
            help: 'Check your answer: hidden ones may come to more.',
          }
        : {
            look: lookOf('wrong_answer'),
            title: `${failed} of ${items.length} shown ${noun.many} ${failed === 1 ? 'does' : 'do'} not pass.`,
          }
  return (
    <PaneTabs
      label="Result of the run"
      open={compiler === null ? 'pane-items' : 'pane-errors'}
      aside={duration(durationMs)}
      above={<Say {...say} />}
      tabs={[
        ...(items.length === 0
          ? []
          : [{ id: 'pane-items', name: noun.title, count: items.length, panel: <Items results={results} /> }]),
        ...(compiler === null ? [] : [{ id: 'pane-errors', name: 'Errors', panel: <Printed text={compiler} /> }]),
      ]}
    />
  )
}
