/** The tests, cases or checks of a code exercise: what became of each, and what differs. */
import { type Child, nothing, type SafeHtml } from '#jsx/jsx-runtime'
import type { CodeItem, CodeResults, ItemOutcome } from '../../src/grading/code/results.ts'
import { Shape } from '../parts/icon.tsx'
import { lookOf, type StateLook } from '../parts/state.tsx'
import { bytes, duration } from '../parts/text.tsx'
import { Compared } from './compared.tsx'
import { PlaceLink, PrintedText } from './printed.tsx'

/** The looks of outcomes. */
const looks: Readonly<Record<ItemOutcome, StateLook>> = {
  passed: lookOf('accepted'),
  failed: lookOf('wrong_answer'),
  time_limit: lookOf('time_limit'),
  memory_limit: lookOf('memory_limit'),
  output_limit: lookOf('output_limit'),
  runtime_error: { ...lookOf('runtime_error'), word: 'Error' },
  not_run: { ...lookOf('new'), word: 'Not run' },
}

/** What items of each way of grading are called. */
export const itemNouns: Readonly<Record<CodeResults['compare'], { one: string; many: string; title: string }>> = {
  io: { one: 'case', many: 'cases', title: 'Cases' },
  tests: { one: 'test', many: 'tests', title: 'Tests' },
  checks: { one: 'check', many: 'checks', title: 'Checks' },
}

/** The list; the first that went wrong and has something to show is open. */
export function Items({ results }: { results: CodeResults }): SafeHtml {
  const { items } = results
  const first = items.find((item) => item.outcome !== 'passed' && hasMore(item))
  return (
    <ol class="list items">
      {items.map((item) => (
        <li>
          <Item item={item} isOpen={item === first} />
        </li>
      ))}
    </ol>
  )
}

function hasMore({ isVisible, message, input, expected, actual, output, place }: CodeItem): boolean {
  if (message !== null) return true
  return isVisible && [input, expected, actual, output, place].some((part) => part !== null)
}

function Item({ item, isOpen }: { item: CodeItem; isOpen: boolean }): SafeHtml {
  if (!hasMore(item)) {
    return (
      <p class="item-head">
        <ItemHead item={item} />
      </p>
    )
  }
  return (
    <details open={isOpen}>
      <summary class="item-head">
        <ItemHead item={item} />
      </summary>
      <ItemBody item={item} />
    </details>
  )
}

function ItemHead({ item }: { item: CodeItem }): SafeHtml {
  const { hue, shape, word } = looks[item.outcome]
  return (
    <>
      <span class={`v ${hue}`}>
        <Shape name={shape} />
        {word}
      </span>{' '}
      <span class="item-name">{breakable(item.name)}</span>{' '}
      {item.isVisible || item.name.startsWith('hidden ') ? null : <span class="tag">hidden</span>}{' '}
      <span class="push faint">{figures(item)}</span>
    </>
  )
}

/** Long names of tests break after a dot, a stroke or a slash rather than inside a word. */
function breakable(name: string): Child {
  return name.split(/(?<=[._/])(?=\w)/).map((part, index) => (
    <>
      {index > 0 ? <wbr /> : null}
      {part}
    </>
  ))
}

function figures({ durationMs, memoryBytes }: CodeItem): string {
  const parts = [
    durationMs === null ? '' : duration(durationMs),
    memoryBytes === null || memoryBytes === 0 ? '' : bytes(memoryBytes),
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

function ItemBody({ item }: { item: CodeItem }): SafeHtml {
  const { message, input, expected, actual, output, place } = item
  return (
    <div class="item-body stack">
      {message === null ? null : <p class={item.outcome === 'failed' ? 'message' : 'message sentence'}>{message}</p>}
      {place === null ? null : (
        <p>
          <PlaceLink place={place} />
        </p>
      )}
      {input === null ? null : <Printed label="Input" text={input} />}
      <Compared expected={expected} actual={actual} isRight={item.outcome === 'passed'} />
      {output === null || output === '' ? (
        nothing
      ) : (
        <Printed label={input === null ? 'Output' : 'Errors'} text={output} />
      )}
    </div>
  )
}

function Printed({ label, text }: { label: string; text: string }): SafeHtml {
  return (
    <section class="stack half">
      <p class="part-name">{label}</p>
      <pre class="scroll printed" tabindex="0">
        <PrintedText text={text} />
      </pre>
    </section>
  )
}
