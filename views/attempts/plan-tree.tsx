/** A plan as a nested list: each step with its own share of the time, its rows, and how far the estimate was off. */
import { nothing, type SafeHtml } from '#jsx/jsx-runtime'
import { count, counted, duration, percent } from '../parts/text.tsx'
import type { Plan, PlanNode } from './plan.ts'

/** An estimate that is off by this factor is told in words. */
const farOff = 10

/** A node with so much of the whole is costly. */
const costlyShare = 0.3

/** The tree and, folded, the text it was read from. */
export function PlanTree({ plan, text }: { plan: Plan; text: string }): SafeHtml {
  return (
    <div class="plan-pane">
      <PlanHead plan={plan} />
      <p class="plan-columns faint" aria-hidden="true">
        <span>Step</span>
        <span>Share</span>
        <span>{plan.isMeasured ? 'Own time' : ''}</span>
        <span>{plan.isMeasured ? 'Rows' : 'Expected'}</span>
      </p>
      <podium-tree>
        <ul class="plan" aria-label="Steps of the plan, each above those it reads from">
          <Step node={plan.root} plan={plan} />
        </ul>
      </podium-tree>
      <details class="plan-raw">
        <summary>As PostgreSQL writes it</summary>
        <pre class="plan-text scroll" tabindex="0">
          {text}
        </pre>
      </details>
    </div>
  )
}

function PlanHead({ plan }: { plan: Plan }): SafeHtml {
  const { hottest, isMeasured, executionMs, planningMs } = plan
  const share = percent(hottest.share)
  return (
    <p class="note-line">
      {executionMs === null ? null : <b>{duration(executionMs)}. </b>}
      {share} of the {isMeasured ? 'time' : 'estimated cost'} in {hottest.name}
      {hottest.on === null ? '' : ` on ${hottest.on}`}.
      <span class="faint">
        {planningMs === null ? '' : ` Planning took ${duration(planningMs)}.`}
        {isMeasured ? '' : ' Nothing was run: these are the planner’s expectations.'}
      </span>
    </p>
  )
}

function Step({ node, plan }: { node: PlanNode; plan: Plan }): SafeHtml {
  const isCostly = node === plan.hottest || node.share >= costlyShare
  return (
    <li>
      <div class={isCostly ? 'node hot' : 'node'}>
        <span>
          <b>{node.name}</b>
          {node.on === null ? '' : ` on ${node.on}`}
          {isCostly ? <span class="sr">, costly</span> : null}
          <StepDetails node={node} />
        </span>
        <meter
          value={(node.share * 100).toFixed(1)}
          max="100"
          high={isCostly ? '1' : null}
          optimum="0"
          aria-label={`${percent(node.share)} of the ${plan.isMeasured ? 'time' : 'estimated cost'}`}
        />
        <span class="n">{node.ownMs === null ? '' : shortDuration(node.ownMs)}</span>
        <span class="n">
          {count(node.rows ?? node.rowsExpected)}
          <span class="sr"> {node.rows === null ? 'rows expected' : 'rows'}</span>
        </span>
      </div>
      {node.children.length === 0 ? null : (
        <ul>
          {node.children.map((child) => (
            <Step node={child} plan={plan} />
          ))}
        </ul>
      )}
    </li>
  )
}

function StepDetails({ node }: { node: PlanNode }): SafeHtml {
  const said = [...node.details, ...runs(node), ...estimate(node)]
  return said.length === 0 ? nothing : <small>{said.join(' · ')}</small>
}

function runs({ loops }: PlanNode): string[] {
  if (loops === 0) return ['never run']
  return loops !== null && loops > 1 ? [`ran ${count(loops)} times`] : []
}

/** Said only where the planner was far off. */
function estimate({ rows, loops, rowsExpected }: PlanNode): string[] {
  if (rows === null || loops === null || loops === 0) return []
  const came = Math.max(1, rows / loops)
  const expected = Math.max(1, rowsExpected)
  if (Math.max(came / expected, expected / came) < farOff) return []
  return [`expected ${counted(rowsExpected, 'row')}${loops > 1 ? ' each time' : ''}`]
}

/** Steps of a small plan take hundredths of a millisecond. */
function shortDuration(ms: number): string {
  return ms < 1 ? `${ms.toFixed(2)} ms` : duration(ms)
}
