/** `podium bench`: how fast this Podium is on this machine, beside the raw cost of what it does. */
import { Failure } from '../failure.ts'
import { createBench } from './bench/bench.ts'
import { machineFacts } from './bench/machine-facts.ts'
import type { Measure } from './bench/measure.ts'
import { measures } from './bench/measures.ts'
import { asJson, asText, type Finding } from './bench/report.ts'
import { openScratch, type Scratch } from './bench/scratch.ts'
import type { CommandInput } from './command.ts'

/** No measure begins after this time, in ms: twice what a quiet machine takes, for a busy one. */
const budgetMs = { full: 600_000, quick: 150_000 }

/** Measures and prints. Exit code 1 where something could not be measured; a missed target is no error. */
export async function run({ flags, print }: CommandInput): Promise<number> {
  const chosen = choose(flags.only)
  const isQuick = flags.quick !== undefined
  const scratch = await openScratch()
  const endOnSignal = endOn(scratch)
  try {
    const facts = await machineFacts(scratch.directory)
    const findings = await takeAll(chosen, scratch, isQuick)
    if (flags.json !== undefined) print(asJson({ facts, findings }))
    else for (const line of asText({ facts, findings })) print(line)
    return findings.some(({ problem }) => problem !== null) ? 1 : 0
  } finally {
    await scratch.end()
    endOnSignal()
  }
}

function choose(only: string | undefined): readonly Measure[] {
  if (only === undefined) return measures
  const chosen = measures.filter(({ name }) => name === only)
  if (chosen.length > 0) return chosen
  const names = measures.map(({ name }) => name).join(', ')
  throw new Failure('invalid', `--only is ${JSON.stringify(only)}; the measures are ${names}`, { code: 'usage' })
}

async function takeAll(chosen: readonly Measure[], scratch: Scratch, isQuick: boolean): Promise<Finding[]> {
  const bench = createBench(scratch, isQuick)
  const endMs = performance.now() + (isQuick ? budgetMs.quick : budgetMs.full)
  const findings: Finding[] = []
  for (const measure of chosen) {
    console.error(`podium bench: ${measure.title} …`)
    const startedMs = performance.now()
    const finding = { name: measure.name, durationMs: 0, figures: [], problem: null }
    if (startedMs > endMs) findings.push({ ...finding, problem: 'the time was up' })
    else {
      const outcome = await measure.take(bench).then(
        (figures) => ({ figures, problem: null }),
        (cause: unknown) => ({ figures: [], problem: cause instanceof Error ? cause.message : String(cause) }),
      )
      findings.push({ ...finding, ...outcome, durationMs: performance.now() - startedMs })
    }
  }
  return findings
}

/** Ctrl-C cleans up as the end does. Returns how to stop listening. */
function endOn(scratch: Scratch): () => void {
  const end = () => void scratch.end().then(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end)
  }
}
