/** What checking an answer came to: the verdict, what differs, and exactly what was handed in. */
import { type Child, nothing, type SafeHtml } from '#jsx/jsx-runtime'
import type { DifferenceRow, RowsDifference, Verdict } from '../../src/grading/verdict.ts'
import type { Column } from '../../src/pods/run.ts'
import { Listing } from '../parts/listing.tsx'
import { counted, duration, Time } from '../parts/text.tsx'
import { CellOf, cellContent, isNumeric } from './cell.tsx'
import { CaseRequest } from './counterexample.tsx'
import { GridHead } from './grid.tsx'
import { PaneTabs } from './pane-tabs.tsx'
import { GoToError, SqlErrorBlock } from './sql-error.tsx'
import { type VerdictFacts, VerdictSay } from './verdict-say.tsx'
import { Violations } from './violations.tsx'

/** A verdict and what it judged. */
export interface VerdictPaneProps extends VerdictFacts {
  kind: 'verdict'
  /** Exactly what was handed in. */
  sql: string
  /** Where the smallest counterexample comes from; null where there is none to be had. */
  caseAddress: string | null
}

/** The pane after an answer was checked. */
export function VerdictPane(props: VerdictPaneProps): SafeHtml {
  const { verdict, sql, at, number } = props
  const { difference, error, violations = [] } = verdict
  const differing = difference === null ? 0 : difference.rowsMissing + difference.rowsExtra + difference.rowsDiffering
  const handedIn = (
    <>
      <p class="note-line muted">
        Answer {number}, handed in at <Time at={at} as="clock" />
      </p>
      <Listing sheets={[{ path: null, text: sql }]} label="Your answer" />
    </>
  )
  return (
    <PaneTabs
      label="Verdict"
      open={openTab(verdict)}
      aside={
        <>
          {duration(verdict.durationMs)}
          {verdict.datasetsGraded > 1
            ? ` · right on ${verdict.datasetsPassed} of ${verdict.datasetsGraded} data sets`
            : ''}
        </>
      }
      above={<VerdictSay {...props} way={error === null ? null : <GoToError error={error} sql={sql} />} />}
      tabs={[
        ...(difference === null
          ? []
          : [
              {
                id: 'pane-difference',
                name: 'Difference',
                count: differing || null,
                panel: <Difference difference={difference} table={verdict.table ?? null} />,
              },
            ]),
        ...(violations.length === 0
          ? []
          : [
              {
                id: 'pane-checks',
                name: 'Checks',
                count: violations.length,
                panel: <Violations violations={violations} />,
              },
            ]),
        ...(props.caseAddress === null
          ? []
          : [{ id: 'pane-case', name: 'Smallest case', panel: <CaseRequest address={props.caseAddress} /> }]),
        { id: 'pane-answer', name: 'Your answer', panel: handedIn },
        ...(error === null
          ? []
          : [
              {
                id: 'pane-messages',
                name: 'Messages',
                count: 1,
                panel: (
                  <div class="pad stack">
                    <SqlErrorBlock error={error} sql={sql} />
                  </div>
                ),
              },
            ]),
      ]}
    />
  )
}

/** The tab that says most of what is wrong. */
function openTab({ difference, error, violations = [] }: Verdict): string {
  if (difference !== null) return 'pane-difference'
  if (violations.length > 0) return 'pane-checks'
  return error === null ? 'pane-answer' : 'pane-messages'
}

function Difference({ difference, table }: { difference: RowsDifference; table: string | null }): SafeHtml {
  const { columns, rows } = difference
  return (
    <>
      {table === null ? null : (
        <p class="note-line">
          What is in table <code>{table}</code> afterwards:
        </p>
      )}
      <ColumnNote difference={difference} />
      {rows.length === 0 ? null : (
        <table class="grid" aria-label="Difference between your rows and the expected rows">
          <GridHead columns={columns} first="row" />
          <tbody>{rows.map((row) => differenceRow(row, columns))}</tbody>
        </table>
      )}
      <p class="note-line faint">
        {counted(difference.rowsGiven, 'row')} from you, {counted(difference.rowsExpected, 'row')} expected.
        {difference.rowsDiffering > 0 ? (
          <>
            {' '}
            In a cell: <del>yours</del> <b>expected</b>.
          </>
        ) : null}
      </p>
    </>
  )
}

const rowClasses = { same: null, missing: 'd-miss', extra: 'd-extra', differs: 'd-diff' } as const

function differenceRow(row: DifferenceRow, columns: readonly Column[]): SafeHtml {
  return (
    <tr class={rowClasses[row.state]}>
      <th scope="row" class="v-cell">
        {row.state === 'same' ? row.number : row.state}
      </th>
      {row.cells.map((cell, place) => {
        const column = columns[place]
        if (cell.expected === undefined) return <CellOf value={cell.value} column={column} />
        return (
          <td class={isNumeric(column) ? 'n cell' : 'cell'}>
            <del>{cellContent(cell.value)}</del> <ins>{cellContent(cell.expected)}</ins>
          </td>
        )
      })}
    </tr>
  )
}

/** Says in words what is wrong with the columns or the order, which no row can show. */
function ColumnNote({ difference }: { difference: RowsDifference }): SafeHtml {
  const { columnsMissing, columnsExtra, columnsExpected, columnsGiven, columnsMistyped, orderBy } = difference
  const hasColumns = columnsMissing.length + columnsExtra.length + columnsExpected.length + columnsMistyped.length > 0
  if (!hasColumns && orderBy === null) return nothing
  return (
    <dl class="facts pad">
      {names('Columns missing', columnsMissing)}
      {names('Columns too many', columnsExtra)}
      {names('Expected columns', columnsExpected)}
      {names('Your columns', columnsGiven)}
      {columnsMistyped.map(({ name, expected, given }) => (
        <>
          <dt>Type</dt>
          <dd>
            <code>{name}</code> is <code>{given}</code>, expected is <code>{expected}</code>
          </dd>
        </>
      ))}
      {orderBy === null ? null : (
        <>
          <dt>Order</dt>
          <dd>{orderBy.length === 0 ? 'Every position counts.' : <>Sorted by {list(orderBy)}.</>}</dd>
        </>
      )}
    </dl>
  )
}

function names(term: string, columns: readonly string[]): SafeHtml {
  return columns.length === 0 ? (
    nothing
  ) : (
    <>
      <dt>{term}</dt>
      <dd>{list(columns)}</dd>
    </>
  )
}

function list(columns: readonly string[]): Child {
  return columns.map((name, index) => (
    <>
      {index > 0 ? ', ' : ''}
      <code>{name}</code>
    </>
  ))
}
