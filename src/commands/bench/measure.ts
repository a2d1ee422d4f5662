/** What a measure is, and what it is given. */
import type { CodeLaboratory } from './code-laboratory.ts'
import type { Amount } from './compare.ts'
import type { Figure } from './figure.ts'
import type { Laboratory } from './laboratory.ts'
import type { Scratch } from './scratch.ts'
import type { Site } from './site.ts'

/** Everything measures share; made when the first one asks for it. */
export interface Bench {
  isQuick: boolean
  scratch: Scratch
  /** Pods and pools in this process. */
  laboratory(): Promise<Laboratory>
  /** Languages and boxes in this process. Throws where programs can't be run here. */
  codeLaboratory(): Promise<CodeLaboratory>
  /** A Podium of its own, over HTTP. */
  site(): Promise<Site>
  /** So many samples a round in a full bench, a tenth of them in a quick one. */
  amount(each: number): Amount
}

/** One thing that is measured. */
export interface Measure {
  /** For `--only`. */
  name: string
  title: string
  /** Throws where it cannot be measured at all. */
  take(bench: Bench): Promise<Figure[]>
}
